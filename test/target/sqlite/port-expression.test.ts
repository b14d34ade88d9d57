import { describe, expect, test } from 'vitest'
import { portExpression } from '../../../src/target/sqlite/port-expression.js'
import type { ColumnType } from '../../../src/target/value/column-type.js'

const types = new Map<string, ColumnType>([
  ['price', { kind: 'numeric' }],
  ['status', { kind: 'text' }],
])

describe('an expression of Postgres, as SQLite understands it', () => {
  test.each([
    ['a cast of text is dropped', `status <> 'x'::status`, `status <> 'x'`],
    ['a cast to a long type is dropped', `'a'::character varying(20) = "status"`, `'a' = "status"`],
    ['a cast to a quoted type is dropped', `'a'::"billing"."mood"`, `'a'`],
    ['a cast to an array is dropped', `'{}'::text[]`, `'{}'`],
    [
      'a cast to an instant is dropped',
      `'2024-01-01T00:00:00Z'::timestamp with time zone`,
      `'2024-01-01T00:00:00Z'`,
    ],
    ['a cast of a number to a number is dropped', '10::numeric(10,2)', '10'],
    ['a cast that converts stays, and fails', 'status::int > 1', 'status::int > 1'],
    [
      'a numeric column is compared as a number',
      '"price" >= 0 and price < 10',
      'cast("price" as numeric) >= 0 and cast("price" as numeric) < 10',
    ],
    ['like tells cases apart', `status like 'A%_'`, `status glob 'A*?'`],
    ['like has literal signs', `status not like '[*?\\%''%'`, `status not glob '[[][*][?]%''*'`],
    ['ilike does not tell cases apart', `status ilike 'a%'`, `status like 'a%'`],
    [
      'functions have other names',
      'char_length(btrim(status)) > strpos(status, status)',
      'length(trim(status)) > instr(status, status)',
    ],
    [
      'text in quotes is left alone',
      `status = 'price::int like btrim('`,
      `status = 'price::int like btrim('`,
    ],
    [
      'what both understand is left alone',
      `"status" in ('a', 'b') or coalesce("status", '') is null`,
      `"status" in ('a', 'b') or coalesce("status", '') is null`,
    ],
  ])('%s', (_, expression, ported) => {
    expect(portExpression(expression, types)).toBe(ported)
  })
})

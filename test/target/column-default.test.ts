import { expect, test } from 'vitest'
import { columnDefault } from '../../src/target/column-default.js'
import type { TableColumn } from '../../src/target/table.js'
import type { ColumnType } from '../../src/target/value/column-type.js'

const text: ColumnType = { kind: 'text' }
const integer: ColumnType = { kind: 'integer', bits: 32 }
const boolean: ColumnType = { kind: 'boolean' }
const numeric: ColumnType = { kind: 'numeric', precision: 6, scale: 2 }

test.each<[ColumnType, string | undefined, string | null]>([
  [text, undefined, null],
  [text, 'NULL::character varying', null],
  [text, "'draft'::text", 'draft'],
  [text, "('it''s')", "it's"],
  [text, "''::character varying(3)", ''],
  [integer, '0', '0'],
  [integer, "'-1'::integer", '-1'],
  [integer, '(-1)', '-1'],
  [numeric, '0.10', '0.10'],
  [boolean, 'true', 'true'],
  [boolean, '1', 'true'],
  [boolean, '0', 'false'],
  [text, 'now()', 'now()'],
  [text, "'a' || 'b'", "'a' || 'b'"],
  [integer, "'x'", "'x'"],
])('a row of %o without a value and with the default %s holds %s', (type, defaultSql, held) => {
  expect(columnDefault({ ...column, type, defaultSql })).toBe(held)
})

const column: Omit<TableColumn, 'type' | 'defaultSql'> = {
  name: 'a',
  property: 'a',
  cast: 'text',
  nullable: true,
  generated: false,
  identity: undefined,
  foldsCase: false,
}

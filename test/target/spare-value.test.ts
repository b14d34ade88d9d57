import { expect, test } from 'vitest'
import { spareValue } from '../../src/target/spare-value.js'
import type { ColumnType } from '../../src/target/value/column-type.js'

test.each<[string, ColumnType, string | null, number, RegExp]>([
  ['text is unlike any', { kind: 'text' }, 'a', 0, /^parked-[0-9a-f-]{36}$/],
  ['short text is no longer than its column', { kind: 'text', maxLength: 5 }, 'a', 0, /^.{5}$/],
  ['longer text keeps the shape', { kind: 'text' }, 'ab-12', 1, /^[a-z]{50,}-\d\d$/],
  ['a mail address stays one', { kind: 'text' }, 'Ann@x.org', 1, /^[A-Z]{40,}[a-z]{2}@[a-z]\.[a-z]{3}$/],
  ['text of the same length keeps the shape', { kind: 'text' }, 'Ab-12', 2, /^[A-Z][a-z]-\d\d$/],
  ['a uuid is a uuid', { kind: 'uuid' }, null, 0, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ['an integer is great', { kind: 'integer', bits: 32 }, '7', 0, /^\d{9}$/],
  ['a small integer fits its type', { kind: 'integer', bits: 16 }, '7', 0, /^\d{4}$/],
  ['an integer has as many digits', { kind: 'integer', bits: 64 }, '123', 1, /^[1-9]\d\d$/],
  ['an integer is negative', { kind: 'integer', bits: 32 }, '7', 3, /^-\d+$/],
  ['a number fits its precision', { kind: 'numeric', precision: 5, scale: 2 }, '1.00', 0, /^\d{3}$/],
  ['a day is far away', { kind: 'date' }, '2020-01-01', 0, /^[3-8]\d{3}-\d\d-\d\d$/],
])('%s', (_, type, current, kind, pattern) => {
  expect(spareValue(type, current, kind)).toMatch(pattern)
})

test.each<[string, ColumnType]>([
  ['a boolean', { kind: 'boolean' }],
  ['an enum', { kind: 'enum', labels: ['a'] }],
  ['json', { kind: 'json', binary: true }],
])('%s has no value to spare', (_, type) => {
  expect(spareValue(type, null, 0)).toBeUndefined()
})

import { expect, test } from 'vitest'
import type { ColumnRule } from '../../src/record/column.js'
import { joinRejects, mapRecord } from '../../src/record/map-record.js'
import { normalizeEnumText } from '../../src/record/match-enum.js'

const status = {
  name: 'status',
  values: ['active', 'closed'],
  aliases: { on: 'active' },
  fallback: undefined,
  normalize: normalizeEnumText,
}

function map(rule: ColumnRule, record: Record<string, unknown>) {
  return mapRecord([{ name: 'column', rule }], record)
}

test.each<[string, ColumnRule, Record<string, unknown>, unknown]>([
  ['a field is taken as it is', { kind: 'field', field: 'a' }, { a: 7 }, 7],
  ['a function computes', { kind: 'function', compute: ({ a }: { a: number }) => a + 1 }, { a: 7 }, 8],
  ['a constant is the same for everybody', { kind: 'constant', value: 'x' }, {}, 'x'],
  [
    'an id that is no UUID becomes one',
    { kind: 'uuid-from', field: 'a' },
    { a: '6BA7B810-9DAD-11D1-80B4-00C04FD430C8' },
    '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
  ],
  ['an id that is missing stays empty', { kind: 'uuid-from', field: 'a' }, { a: '' }, null],
  ['a decimal keeps every digit', { kind: 'decimal', field: 'a' }, { a: '1.50' }, '1.50'],
  [
    'an instant is told in UTC',
    { kind: 'timestamp', field: 'a', zone: 'Europe/Berlin' },
    { a: '2021-07-01 12:00' },
    '2021-07-01T10:00:00Z',
  ],
  [
    'an alias of an enum becomes its value',
    { kind: 'enum', field: 'a', definition: status },
    { a: 'on' },
    'active',
  ],
])('%s', (_, rule, record, value) => {
  expect(map(rule, record)).toMatchObject({ mapped: { values: [value] } })
})

test('a reference is left open with its legacy key', () => {
  expect(
    map({ kind: 'reference', pipeline: 'people', field: 'a', missing: 'reject' }, { a: 7 }),
  ).toMatchObject({
    mapped: { values: [null], references: [{ column: 0, legacyKey: '7' }] },
  })
})

test.each([
  ['ACTIVE', { legacy: 'ACTIVE', via: 'normalized', value: 'active' }],
  ['active', { legacy: 'active', via: 'exact', value: 'active' }],
  [null, { legacy: null, via: 'missing', value: null }],
])('where the enum value %o led is noted', (a, match) => {
  expect(map({ kind: 'enum', field: 'a', definition: status }, { a })).toMatchObject({
    mapped: { values: [match.value] },
    notes: [{ column: 'column', match }],
  })
})

test('an enum value nobody knows rejects the record, and is noted', () => {
  expect(map({ kind: 'enum', field: 'a', definition: status }, { a: 'zzz' })).toMatchObject({
    rejects: [{ code: 'unknown_enum', column: 'column' }],
    notes: [{ column: 'column', match: { legacy: 'zzz', via: 'unknown', value: null } }],
  })
})

test.each([
  [
    ['active', 'ACTIVE', null],
    ['active', 'active', null],
  ],
  [[], []],
  [null, null],
  [undefined, null],
])('a list of enum values %o', (a, values) => {
  expect(map({ kind: 'enum-list', field: 'a', definition: status }, { a })).toMatchObject({
    mapped: { values: [values] },
    notes: (a ?? []).map((legacy) => ({ match: { legacy } })),
  })
})

test('one unknown value of a list rejects the record once, and all of them are noted', () => {
  const result = map({ kind: 'enum-list', field: 'a', definition: status }, { a: ['x', 'active', 'y'] })
  expect(result).toMatchObject({
    rejects: [{ code: 'unknown_enum', column: 'column' }],
    notes: [{ match: { via: 'unknown' } }, { match: { via: 'exact' } }, { match: { via: 'unknown' } }],
  })
  expect('rejects' in result && result.rejects).toHaveLength(1)
})

test('what is no list is of the wrong type', () => {
  expect(map({ kind: 'enum-list', field: 'a', definition: status }, { a: 'active' })).toMatchObject({
    rejects: [{ code: 'type', message: 'expected a list, found a value of type string' }],
  })
})

test('a function that throws rejects the record without a word of what it threw', () => {
  const compute = () => {
    throw new TypeError('secret@example.org')
  }
  const result = map({ kind: 'function', compute }, {})
  expect(result).toMatchObject({ rejects: [{ code: 'invalid_record', column: 'column' }] })
  expect(JSON.stringify(result)).not.toContain('secret')
})

test('all that is wrong with a record is told, under the code of the first', () => {
  const joined = joinRejects([
    { code: 'type', column: 'a', message: 'one' },
    { code: 'too_long', column: 'b', message: 'two' },
  ])
  expect(joined).toEqual({ code: 'type', column: 'a', message: 'one; b: two' })
})

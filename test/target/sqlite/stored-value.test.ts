import { describe, expect, test } from 'vitest'
import { readFrom, storeIn, type Stored } from '../../../src/target/sqlite/stored-value.js'
import type { TableColumn } from '../../../src/target/table.js'
import type { ColumnType } from '../../../src/target/value/column-type.js'

const column = (type: ColumnType, cast: string): TableColumn => ({
  name: 'c',
  property: 'c',
  type,
  cast,
  nullable: true,
  defaultSql: undefined,
  generated: false,
  identity: undefined,
  foldsCase: false,
})

describe('a canonical text and what is stored for it', () => {
  test.each<[string, ColumnType, string, string, Stored]>([
    ['text is stored as it is', { kind: 'text' }, 'text', 'Ab ', 'Ab '],
    ['an integer becomes a number', { kind: 'integer', bits: 32 }, 'integer', '-7', -7],
    [
      'an integer beyond 2^53 becomes a bigint',
      { kind: 'integer', bits: 64 },
      'integer',
      '9007199254740993',
      9007199254740993n,
    ],
    ['a boolean becomes 1 or 0', { kind: 'boolean' }, 'integer', 'true', 1],
    ['false is 0', { kind: 'boolean' }, 'integer', 'false', 0],
    ['a float becomes a number', { kind: 'float', bits: 64 }, 'real', '0.1', 0.1],
    ['a numeric keeps its digits', { kind: 'numeric', precision: 5, scale: 2 }, 'text', '1.50', '1.50'],
    ['bytes become bytes', { kind: 'bytes' }, 'blob', '\\x00ff', Buffer.from([0, 255])],
    [
      'an instant stays text',
      { kind: 'timestamp', zoned: true, precision: 6 },
      'text',
      '2024-01-02T03:04:05.5Z',
      '2024-01-02T03:04:05.5Z',
    ],
    [
      'an instant in a column of seconds becomes seconds',
      { kind: 'timestamp', zoned: true, precision: 0 },
      'integer',
      '2024-01-02T03:04:05Z',
      1704164645,
    ],
    [
      'an instant in a column of milliseconds becomes these',
      { kind: 'timestamp', zoned: true, precision: 3 },
      'integer',
      '2024-01-02T03:04:05.678Z',
      1704164645678,
    ],
  ])('%s, and reads back as it was', (_, type, cast, text, stored) => {
    expect(storeIn(column(type, cast))(text)).toEqual(stored)
    // What SQLite answers: integers are bigints.
    const answered = typeof stored === 'number' && cast === 'integer' ? BigInt(stored) : stored
    expect(readFrom(column(type, cast))(answered)).toBe(text)
  })

  test.each<[string, ColumnType, string, unknown, string]>([
    [
      'JSON with blanks and another order',
      { kind: 'json', binary: true },
      'text',
      '{ "b": 1, "a": [] }',
      '{"a":[],"b":1}',
    ],
    ['JSON null', { kind: 'json', binary: true }, 'text', ' null ', 'null'],
    ['text that is no JSON', { kind: 'json', binary: true }, 'text', '{', '{'],
    [
      'an instant with zeros',
      { kind: 'timestamp', zoned: true, precision: 6 },
      'text',
      '2024-01-02T03:04:05.500Z',
      '2024-01-02T03:04:05.5Z',
    ],
    [
      'an instant as SQLite writes it',
      { kind: 'timestamp', zoned: false, precision: 6 },
      'text',
      '2024-01-02 03:04:05',
      '2024-01-02T03:04:05',
    ],
    [
      'a UUID in upper case',
      { kind: 'uuid' },
      'text',
      'AAAAAAAA-0000-4000-8000-000000000001',
      'aaaaaaaa-0000-4000-8000-000000000001',
    ],
    ['a number in a text column', { kind: 'text' }, 'text', 7n, '7'],
    ['no instant at all', { kind: 'timestamp', zoned: true, precision: 6 }, 'text', 'soon', 'soon'],
    ['a boolean of another kind', { kind: 'boolean' }, 'integer', 2n, '2'],
  ])(
    '%s that another program wrote is told in its canonical text, or as it is',
    (_, type, cast, held, text) => {
      expect(readFrom(column(type, cast))(held)).toBe(text)
    },
  )

  test.each<[string, ColumnType, string]>([
    ['an integer', { kind: 'integer', bits: 32 }, 'seven'],
    ['a float', { kind: 'float', bits: 64 }, 'much'],
    ['a boolean', { kind: 'boolean' }, 'yes'],
    ['bytes', { kind: 'bytes' }, 'ff'],
  ])('text that is not %s stays text, which a strict table refuses', (_, type, text) => {
    expect(storeIn(column(type, 'integer'))(text)).toBe(text)
  })

  test('null is null', () => {
    expect(storeIn(column({ kind: 'boolean' }, 'integer'))(null)).toBeNull()
    expect(readFrom(column({ kind: 'boolean' }, 'integer'))(null)).toBeNull()
  })
})

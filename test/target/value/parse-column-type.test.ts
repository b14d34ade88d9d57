import { describe, expect, it } from 'vitest'
import type { ColumnType } from '../../../src/target/value/column-type.js'
import { parseColumnType } from '../../../src/target/value/parse-column-type.js'

const text: ColumnType = { kind: 'text' }
const timestamptz: ColumnType = { kind: 'timestamp', zoned: true, precision: 6 }

describe('parseColumnType', () => {
  it.each<[string, ColumnType]>([
    ['text', text],
    ['citext', text],
    ['public.citext', text],
    ['name', { kind: 'text', maxLength: 63 }],
    ['character varying', text],
    ['character varying(20)', { kind: 'text', maxLength: 20 }],
    ['varchar(20)', { kind: 'text', maxLength: 20 }],
    ['VARCHAR( 20 )', { kind: 'text', maxLength: 20 }],
    ['character(3)', { kind: 'text', maxLength: 3, padded: true }],
    ['char(3)', { kind: 'text', maxLength: 3, padded: true }],
    ['char', { kind: 'text', maxLength: 1, padded: true }],
    ['bpchar', { kind: 'text', padded: true }],
    ['smallint', { kind: 'integer', bits: 16 }],
    ['integer', { kind: 'integer', bits: 32 }],
    ['serial', { kind: 'integer', bits: 32 }],
    ['bigint', { kind: 'integer', bits: 64 }],
    ['bigserial', { kind: 'integer', bits: 64 }],
    ['numeric', { kind: 'numeric' }],
    ['numeric(10)', { kind: 'numeric', precision: 10, scale: 0 }],
    ['numeric(10,2)', { kind: 'numeric', precision: 10, scale: 2 }],
    ['numeric(10, 2)', { kind: 'numeric', precision: 10, scale: 2 }],
    ['numeric(3,-2)', { kind: 'numeric', precision: 3, scale: -2 }],
    ['real', { kind: 'float', bits: 32 }],
    ['double precision', { kind: 'float', bits: 64 }],
    ['float(24)', { kind: 'float', bits: 32 }],
    ['float', { kind: 'float', bits: 64 }],
    ['boolean', { kind: 'boolean' }],
    ['uuid', { kind: 'uuid' }],
    ['timestamp with time zone', timestamptz],
    ['timestamptz', timestamptz],
    ['timestamp(3) with time zone', { kind: 'timestamp', zoned: true, precision: 3 }],
    ['timestamp (3) with time zone', { kind: 'timestamp', zoned: true, precision: 3 }],
    ['timestamp', { kind: 'timestamp', zoned: false, precision: 6 }],
    ['timestamp(0) without time zone', { kind: 'timestamp', zoned: false, precision: 0 }],
    ['date', { kind: 'date' }],
    ['time without time zone', { kind: 'time', zoned: false, precision: 6 }],
    ['time (3)', { kind: 'time', zoned: false, precision: 3 }],
    ['time with time zone', { kind: 'time', zoned: true, precision: 6 }],
    ['json', { kind: 'json', binary: false }],
    ['jsonb', { kind: 'json', binary: true }],
    ['bytea', { kind: 'bytes' }],
    ['text[]', { kind: 'array', element: text }],
    ['integer[3][]', { kind: 'array', element: { kind: 'integer', bits: 32 } }],
    ['character varying(20)[]', { kind: 'array', element: { kind: 'text', maxLength: 20 } }],
  ])('reads %s', (name, type) => {
    expect(parseColumnType(name)).toEqual(type)
  })

  it.each(['inet', 'interval', 'interval(3)', '"char"', 'billing."Mood"', 'constructor', 'bit varying(5)'])(
    'keeps the name of %s, which it does not know',
    (name) => {
      expect(parseColumnType(name)).toEqual({ kind: 'other', name })
    },
  )

  it('takes a type with labels for an enum, also as the element of an array', () => {
    const mood: ColumnType = { kind: 'enum', labels: ['sad', 'happy'] }
    expect(parseColumnType('public.mood', ['sad', 'happy'])).toEqual(mood)
    expect(parseColumnType('public.mood[]', ['sad', 'happy'])).toEqual({ kind: 'array', element: mood })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Refusal } from '../../../src/target/value/encoded.js'
import { encodeValue } from '../../../src/target/value/encode-value.js'
import { parseColumnType } from '../../../src/target/value/parse-column-type.js'

type Taken = [type: string, value: unknown, text: string]
type RefusedCase = [type: string, value: unknown, code: Refusal['code'], found: string]

function encode(type: string, value: unknown) {
  return encodeValue(parseColumnType(type), value)
}

function takes(cases: Taken[]) {
  it.each(cases)('%s takes %o as %s', (type, value, text) => {
    expect(encode(type, value)).toEqual({ text })
  })
}

function refuses(cases: RefusedCase[]) {
  it.each(cases)('%s refuses %o as %s', (type, value, code, found) => {
    expect(encode(type, value)).toEqual({ refusal: { code, expected: expect.any(String), found } })
  })
}

describe('null and undefined', () => {
  it.each(['text', 'integer', 'uuid', 'jsonb', 'text[]', 'inet'])('are null for %s', (type) => {
    expect(encode(type, null)).toEqual({ text: null })
    expect(encode(type, undefined)).toEqual({ text: null })
  })
})

describe('text', () => {
  takes([
    ['text', '', ''],
    ['text', ' naïve 👍 ', ' naïve 👍 '],
    ['varchar(2)', '👍👍', '👍👍'],
    ['char(3)', 'ab   ', 'ab'],
    ['char(3)', 'abc    ', 'abc'],
  ])
  refuses([
    ['text', 7, 'type', 'a number, convert it in the pipeline'],
    ['text', true, 'type', 'a boolean, convert it in the pipeline'],
    ['text', 'a\0b', 'nul_character', 'a NUL character'],
    ['text', 'a\ud800', 'lone_surrogate', 'half of a surrogate pair'],
    ['text', '\udc00a', 'lone_surrogate', 'half of a surrogate pair'],
    ['varchar(2)', '👍👍👍', 'too_long', '3 characters'],
    ['varchar(2)', 'ab ', 'too_long', '3 characters'],
    ['char(2)', 'abc ', 'too_long', '3 characters'],
  ])
  it('says what was expected without the value', () => {
    expect(encode('varchar(20)', 'x'.repeat(34))).toEqual({
      refusal: { code: 'too_long', expected: 'text of at most 20 characters', found: '34 characters' },
    })
  })
})

describe('integers', () => {
  takes([
    ['integer', 42, '42'],
    ['integer', -0, '0'],
    ['integer', 7n, '7'],
    ['integer', '-7', '-7'],
    ['integer', '+7', '7'],
    ['integer', '007', '7'],
    ['integer', '-000', '0'],
    ['smallint', 32767, '32767'],
    ['smallint', -32768, '-32768'],
    ['integer', '-2147483648', '-2147483648'],
    ['bigint', '9223372036854775807', '9223372036854775807'],
    ['bigint', '-9223372036854775808', '-9223372036854775808'],
    ['bigint', 9007199254740993n, '9007199254740993'],
  ])
  refuses([
    ['smallint', 32768, 'out_of_range', 'an integer of more bits'],
    ['integer', 2147483648n, 'out_of_range', 'an integer of more bits'],
    ['bigint', '9223372036854775808', 'out_of_range', 'an integer of more bits'],
    ['bigint', '1'.repeat(400), 'out_of_range', 'an integer of more bits'],
    ['bigint', 2 ** 53, 'out_of_range', 'an integer beyond 2^53, which was rounded on the way'],
    ['integer', 1.5, 'type', 'a fraction'],
    ['integer', Number.NaN, 'type', 'a number that is not finite'],
    ['integer', '1.0', 'type', 'text that is not an integer'],
    ['integer', '', 'type', 'text that is not an integer'],
    ['integer', ' 1', 'type', 'text that is not an integer'],
    ['integer', true, 'type', 'a boolean'],
  ])
})

describe('numeric', () => {
  takes([
    ['numeric', 0.1, '0.1'],
    ['numeric', 1e-7, '0.0000001'],
    ['numeric', -0, '0'],
    ['numeric', 12n, '12'],
    ['numeric', '1.50', '1.50'],
    ['numeric', '+001.50', '1.50'],
    ['numeric', '-0.00', '0.00'],
    ['numeric', '.5', '0.5'],
    ['numeric', '5.', '5'],
    ['numeric', '1.5e3', '1500'],
    ['numeric', '1.5E-3', '0.0015'],
    ['numeric', '123456789012345678901234567890.123456789', '123456789012345678901234567890.123456789'],
    ['numeric(10,2)', 1.5, '1.50'],
    ['numeric(10,2)', 7, '7.00'],
    ['numeric(10,2)', '1.5000', '1.50'],
    ['numeric(10,2)', '-0.001e1', '-0.01'],
    ['numeric(4,2)', '0099.99', '99.99'],
    ['numeric(3)', '1e2', '100'],
    ['numeric(2,-2)', '9900', '9900'],
    ['numeric(2,4)', '0.0099', '0.0099'],
  ])
  refuses([
    ['numeric(10,2)', '1.505', 'out_of_range', '3 digits after the point'],
    ['numeric(4,2)', '100', 'out_of_range', '3 digits before the point'],
    ['numeric(2,-2)', '9950', 'out_of_range', 'other digits in the place of zeros'],
    ['numeric(2,-2)', '10000', 'out_of_range', '5 digits before the point'],
    ['numeric', 2 ** 60, 'out_of_range', 'an integer beyond 2^53, which was rounded on the way'],
    ['numeric', '1e100000', 'out_of_range', 'an exponent beyond 1000'],
    ['numeric', '1'.repeat(131_073), 'out_of_range', 'more digits than a number can have'],
    ['numeric', Number.POSITIVE_INFINITY, 'type', 'a number that is not finite'],
    ['numeric', 'NaN', 'type', 'text that is not a number'],
    ['numeric', '1,000', 'type', 'text that is not a number'],
    ['numeric', '.', 'type', 'text that is not a number'],
    ['numeric', '', 'type', 'text that is not a number'],
    ['numeric', {}, 'type', 'an object'],
  ])
})

describe('floats', () => {
  takes([
    ['double precision', 0.1, '0.1'],
    ['double precision', -0, '0'],
    ['double precision', 1e21, '1e+21'],
    ['double precision', '1.50', '1.5'],
    ['double precision', '1e-7', '1e-7'],
    ['double precision', 9007199254740992n, '9007199254740992'],
    ['real', 0.5, '0.5'],
    ['real', 0.1, '0.1'],
    ['real', Math.fround(0.1), '0.1'],
    ['real', 16777216, '16777216'],
  ])
  refuses([
    ['double precision', '0.10000000000000000001', 'out_of_range', 'a number that would be rounded'],
    ['double precision', 9007199254740993n, 'out_of_range', 'a number that would be rounded'],
    ['double precision', '1e400', 'out_of_range', 'a number that would be rounded'],
    ['double precision', Number.NaN, 'type', 'a number that is not finite'],
    ['double precision', true, 'type', 'a boolean'],
    ['real', 16777217, 'out_of_range', 'a number that would be rounded'],
    ['real', 0.123456789, 'out_of_range', 'a number that would be rounded'],
    ['real', 1e39, 'out_of_range', 'a number that would be rounded'],
    ['real', 1e-50, 'out_of_range', 'a number that would be rounded'],
  ])
})

describe('booleans, UUIDs, enums and bytes', () => {
  const upper = 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'
  takes([
    ['boolean', true, 'true'],
    ['boolean', false, 'false'],
    ['uuid', upper, upper.toLowerCase()],
    ['bytea', Buffer.from([0, 255]), '\\x00ff'],
    ['bytea', new Uint8Array([1, 2, 3]).subarray(1), '\\x0203'],
  ])
  refuses([
    ['boolean', 'true', 'type', 'text'],
    ['boolean', 1, 'type', 'a number'],
    ['uuid', upper.replaceAll('-', ''), 'type', 'text of another form'],
    ['uuid', `{${upper}}`, 'type', 'text of another form'],
    ['uuid', 7, 'type', 'a number'],
    ['bytea', '\\x00', 'type', 'text'],
  ])
  it('an enum takes its labels as they are written, and names them when it refuses', () => {
    const type = parseColumnType('mood', ['sad', 'happy'])
    expect(encodeValue(type, 'sad')).toEqual({ text: 'sad' })
    expect(encodeValue(type, 'Sad')).toEqual({
      refusal: { code: 'type', expected: 'one of sad, happy', found: 'another text' },
    })
    expect(encodeValue(type, 1)).toMatchObject({ refusal: { found: 'a number' } })
  })
})

describe('timestamps', () => {
  takes([
    ['timestamptz', new Date('2024-05-06T07:08:09.500Z'), '2024-05-06T07:08:09.5Z'],
    ['timestamptz', new Date('2024-05-06T07:08:09Z'), '2024-05-06T07:08:09Z'],
    ['timestamptz', '2024-05-06T07:08:09Z', '2024-05-06T07:08:09Z'],
    ['timestamptz', '2024-05-06 07:08:09.123450+02', '2024-05-06T05:08:09.12345Z'],
    ['timestamptz', '2024-01-01T00:30+0100', '2023-12-31T23:30:00Z'],
    ['timestamptz', '2024-02-28T23:30-01:00', '2024-02-29T00:30:00Z'],
    ['timestamptz', '0099-01-01T00:00Z', '0099-01-01T00:00:00Z'],
    ['timestamp', new Date('2024-05-06T07:08:09.050Z'), '2024-05-06T07:08:09.05'],
    ['timestamp', '2024-05-06 07:08', '2024-05-06T07:08:00'],
    ['timestamp', '2024-05-06', '2024-05-06T00:00:00'],
    ['timestamp(3)', '2024-05-06T07:08:09.123000', '2024-05-06T07:08:09.123'],
  ])
  refuses([
    ['timestamptz', '2024-05-06T07:08:09', 'type', 'text without an offset'],
    ['timestamptz', '2024-05-06', 'type', 'text without an offset'],
    ['timestamp', '2024-05-06T07:08:09Z', 'type', 'text with an offset'],
    ['timestamp', '2024-05-06T07:08:09+02:00', 'type', 'text with an offset'],
    ['timestamp', '2023-02-29', 'type', 'a day that no calendar has'],
    ['timestamp', '2024-02-30', 'type', 'a day that no calendar has'],
    ['timestamp', '1900-02-29', 'type', 'a day that no calendar has'],
    ['timestamp', '2024-13-01', 'type', 'a day that no calendar has'],
    ['timestamp', '2024-04-31', 'type', 'a day that no calendar has'],
    ['timestamp', '2024-05-00', 'type', 'a day that no calendar has'],
    ['timestamp', '2024-05-06T24:00', 'type', 'a time of day that no clock shows'],
    ['timestamp', '2016-12-31T23:59:60', 'type', 'a time of day that no clock shows'],
    ['timestamp', '2024-05-06T07:60', 'type', 'a time of day that no clock shows'],
    ['timestamp', '0000-05-06', 'out_of_range', 'a year outside 0001–9999'],
    ['timestamptz', '9999-12-31T23:30-01:00', 'out_of_range', 'a year outside 0001–9999'],
    ['timestamptz', '0001-01-01T00:30+01:00', 'out_of_range', 'a year outside 0001–9999'],
    ['timestamptz', new Date(8.64e15), 'out_of_range', 'a year outside 0001–9999'],
    ['timestamptz', '2024-05-06T07:08:09+16:00', 'type', 'text of another form'],
    ['timestamptz', '12024-05-06T07:08:09Z', 'type', 'text of another form'],
    ['timestamptz', '06.05.2024', 'type', 'text of another form'],
    ['timestamptz', new Date(Number.NaN), 'type', 'an invalid Date'],
    ['timestamptz', 1714979289, 'type', 'a number'],
    ['timestamptz', '2024-05-06T07:08:09.1234567Z', 'out_of_range', '7 fraction digits'],
    ['timestamp(0)', new Date('2024-05-06T07:08:09.500Z'), 'out_of_range', '1 fraction digits'],
  ])
})

describe('dates and times of day', () => {
  takes([
    ['date', '2024-02-29', '2024-02-29'],
    ['date', new Date('2024-02-29T00:00:00Z'), '2024-02-29'],
    ['time', '07:08', '07:08:00'],
    ['time', '07:08:09.500', '07:08:09.5'],
    ['timetz', '07:08Z', '07:08:00+00:00'],
    ['timetz', '07:08-0330', '07:08:00-03:30'],
    ['timetz', '07:08+02', '07:08:00+02:00'],
  ])
  refuses([
    ['date', '2023-02-29', 'type', 'a day that no calendar has'],
    ['date', '2024-02-29T00:00:00', 'type', 'text of another form'],
    ['date', '0000-01-01', 'out_of_range', 'a year outside 0001–9999'],
    ['date', new Date('2024-02-29T00:00:00.001Z'), 'type', 'a Date that is not midnight in UTC'],
    ['date', new Date(Number.NaN), 'type', 'an invalid Date'],
    ['date', 20240229, 'type', 'a number'],
    ['time', '24:00', 'type', 'a time of day that no clock shows'],
    ['time', '07:08+02', 'type', 'text with an offset'],
    ['timetz', '07:08', 'type', 'text without an offset'],
    ['time(3)', '07:08:09.1234', 'out_of_range', '4 fraction digits'],
    ['time', new Date(0), 'type', 'a Date'],
  ])
})

describe('arrays', () => {
  takes([
    ['text[]', [], '{}'],
    ['text[]', ['a', null, 'NULL', '', 'b c'], '{a,NULL,"NULL","","b c"}'],
    ['text[]', ['a"b', 'a\\b', '{', 'x,y', '\t'], '{"a\\"b","a\\\\b","{","x,y","\t"}'],
    [
      'integer[]',
      [
        [1, '02'],
        [null, 4],
      ],
      '{{1,2},{NULL,4}}',
    ],
    ['jsonb[]', [{ a: 1 }, [1, 2]], '{"{\\"a\\":1}","[1,2]"}'],
    ['bytea[]', [Buffer.from([1])], '{"\\\\x01"}'],
    ['uuid[]', ['A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'], '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}'],
  ])
  const ragged = 'an array that is not rectangular'
  refuses([
    ['text[]', 'a', 'type', 'text'],
    ['varchar(1)[]', ['a', 'bcd', 7], 'too_long', '3 characters'],
    ['integer[]', [[1, 2], [3]], 'type', ragged],
    ['integer[]', [[1, 2], 3], 'type', ragged],
    ['integer[]', [1, [2]], 'type', 'an array'],
    ['integer[]', [[1], null], 'type', ragged],
    ['integer[]', [[], []], 'type', ragged],
    ['integer[]', [[[[[[[1]]]]]]], 'out_of_range', 'more dimensions'],
  ])
})

describe('types that are not known here', () => {
  takes([
    ['inet', '10.0.0.1', '10.0.0.1'],
    ['money', 1.5, '1.5'],
    ['xid8', 7n, '7'],
    ['custom', true, 'true'],
  ])
  refuses([
    ['inet', 'a\0', 'nul_character', 'a NUL character'],
    ['inet', '\ud800', 'lone_surrogate', 'half of a surrogate pair'],
    ['xid8', 2 ** 60, 'out_of_range', 'an integer beyond 2^53'],
    ['point', { x: 1 }, 'type', 'an object, convert it to text in the pipeline'],
  ])
})

describe('laws', () => {
  const instant = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  })
  const decimal = fc.tuple(fc.bigInt(), fc.nat(40)).map(([digits, exponent]) => `${digits}e-${exponent}`)
  const samples: [string, fc.Arbitrary<unknown>][] = [
    ['text', fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))],
    ['char(200)', fc.string({ unit: 'grapheme-ascii' })],
    ['bigint', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
    ['integer', fc.integer()],
    ['numeric', decimal],
    ['numeric', fc.double({ noNaN: true, min: -1e15, max: 1e15 })],
    ['numeric(60,45)', fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n })],
    ['double precision', fc.double({ noNaN: true, noDefaultInfinity: true })],
    ['real', fc.float({ noNaN: true, noDefaultInfinity: true })],
    ['uuid', fc.uuid().map((uuid) => uuid.toUpperCase())],
    ['timestamptz', instant],
    ['timestamp', instant],
  ]

  it.each(samples)('encoding the canonical text of %s again changes nothing', (type, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        const once = encode(type, value)
        expect(once).toHaveProperty('text')
        expect(encode(type, 'text' in once ? once.text : undefined)).toEqual(once)
      }),
    )
  })

  it('a float reads back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const encoded = encode('double precision', value)
        expect('text' in encoded && Number(encoded.text)).toBe(value + 0)
      }),
    )
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const encoded = encode('real', value)
        expect('text' in encoded && Math.fround(Number(encoded.text))).toBe(value + 0)
      }),
    )
  })

  it('an offset moves the text and not the instant', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: -15 * 60, max: 15 * 60 }), (date, minutes) => {
        const shifted = new Date(date.getTime() + minutes * 60_000)
        fc.pre(shifted.getUTCFullYear() >= 1 && shifted.getUTCFullYear() <= 9999)
        const size = Math.abs(minutes)
        const offset = `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`
        const text = `${shifted.toISOString().slice(0, -1)}${minutes < 0 ? '-' : '+'}${offset}`
        expect(encode('timestamptz', text)).toEqual(encode('timestamptz', date))
      }),
    )
  })

  it('nothing that is thrown at any type makes it throw', () => {
    const types = fc.constantFrom(
      'text',
      'integer',
      'numeric(5,2)',
      'real',
      'uuid',
      'timestamptz',
      'date',
      'timetz',
      'jsonb',
      'bytea',
      'text[]',
      'inet',
    )
    fc.assert(
      fc.property(
        types,
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        (type, value) => {
          expect(Object.keys(encode(type, value))).toHaveLength(1)
        },
      ),
    )
  })
})

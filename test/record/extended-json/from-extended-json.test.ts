import { expect, test } from 'vitest'
import { fromExtendedJson } from '../../../src/record/extended-json/from-extended-json.js'
import { WrittenNumber } from '../../../src/written-number.js'

const OID = '507f1f77bcf86cd799439011'
const UUID = '73ffd264-44b3-4c69-90e8-e7d1dfc035d4'
const UUID_BASE64 = 'c//SZESzTGmQ6OfR38A11A=='

function convert(value: unknown): { value: unknown; problems: [string, string][] } {
  const problems: [string, string][] = []
  const converted = fromExtendedJson(value, (path, message) => problems.push([path.join('.'), message]))
  return { value: converted, problems }
}

test.each<[string, unknown, unknown]>([
  ['an object id', { $oid: OID.toUpperCase() }, OID],
  ['a date, canonical', { $date: { $numberLong: '1714979289050' } }, '2024-05-06T07:08:09.050Z'],
  ['a date, canonical, before 1970', { $date: { $numberLong: '-1' } }, '1969-12-31T23:59:59.999Z'],
  [
    'a date beyond the year 9999',
    { $date: { $numberLong: '253402300800000' } },
    '+010000-01-01T00:00:00.000Z',
  ],
  ['a date, relaxed', { $date: '2024-05-06T07:08:09.05Z' }, '2024-05-06T07:08:09.050Z'],
  ['a date, relaxed, without a fraction', { $date: '2024-05-06T07:08:09Z' }, '2024-05-06T07:08:09.000Z'],
  ['a date of mongoexport', { $date: '2024-05-06T02:08:09.050-0500' }, '2024-05-06T07:08:09.050Z'],
  ['a date of version 1', { $date: 1714979289050 }, '2024-05-06T07:08:09.050Z'],
  ['a small integer', { $numberInt: '-42' }, -42],
  ['a long integer', { $numberLong: '42' }, 42],
  ['a long integer beyond 2^53', { $numberLong: '9223372036854775807' }, 9223372036854775807n],
  ['a double', { $numberDouble: '-1.5E-3' }, -0.0015],
  ['a double that is a whole number', { $numberDouble: '10.0' }, 10],
  [
    'a double beyond 2^53',
    { $numberDouble: '1.2345678921232E+18' },
    new WrittenNumber('1.2345678921232E+18'),
  ],
  ['infinity', { $numberDouble: '-Infinity' }, '-Infinity'],
  ['no number', { $numberDouble: 'NaN' }, 'NaN'],
  ['a decimal', { $numberDecimal: '12345678901234567890.10' }, '12345678901234567890.10'],
  ['a decimal with an exponent', { $numberDecimal: '1.20E+3' }, '1.20E+3'],
  ['a decimal that is none', { $numberDecimal: 'Infinity' }, 'Infinity'],
  ['bytes', { $binary: { base64: 'AQID', subType: '00' } }, new Uint8Array([1, 2, 3])],
  ['no bytes', { $binary: { base64: '', subType: '0' } }, new Uint8Array()],
  ['bytes of version 1', { $binary: 'AQI=', $type: '05' }, new Uint8Array([1, 2])],
  ['a UUID in bytes', { $binary: { base64: UUID_BASE64, subType: '04' } }, UUID],
  ['a UUID in bytes of version 1', { $binary: UUID_BASE64, $type: '4' }, UUID],
  ['a UUID', { $uuid: UUID.toUpperCase() }, UUID],
  ['a symbol', { $symbol: '' }, ''],
  ['code', { $code: 'f()' }, 'f()'],
  [
    'code with its scope',
    { $code: 'f()', $scope: { a: { $numberInt: '1' } } },
    { code: 'f()', scope: { a: 1 } },
  ],
  [
    'a regular expression',
    { $regularExpression: { pattern: '^a"', options: 'i' } },
    { pattern: '^a"', options: 'i' },
  ],
  ['a regular expression of version 1', { $regex: '^a', $options: '' }, { pattern: '^a', options: '' }],
  ['an operator of a query', { $regex: { $numberInt: '1' }, x: 1 }, { $regex: 1, x: 1 }],
  ['a timestamp', { $timestamp: { t: 4294967295, i: 0 } }, { t: 4294967295, i: 0 }],
  ['the least key, which has no counterpart', { $minKey: 1 }, { $minKey: 1 }],
  ['a reference', { $ref: 'users', $id: { $oid: OID }, $db: 'app' }, { $ref: 'users', $id: OID, $db: 'app' }],
  ['a dollar that means nothing', { $price: 5, $type: 'x' }, { $price: 5, $type: 'x' }],
  ['null', null, null],
])('%s', (_, value, expected) => {
  expect(convert(value)).toStrictEqual({ value: expected, problems: [] })
  expect(convert({ a: [{ b: value }] })).toStrictEqual({ value: { a: [{ b: expected }] }, problems: [] })
})

test('what is undefined is missing, and null in an array, where something must stand', () => {
  expect(convert({ a: { $undefined: true }, b: [{ $undefined: true }] }).value).toStrictEqual({ b: [null] })
})

test('a property of any name stays one, and the given value stays as it was', () => {
  const source = JSON.parse(
    '{"__proto__":{"$oid":"507f1f77bcf86cd799439011"},"a":{"$numberInt":"1"}}',
  ) as object
  const before = JSON.stringify(source)
  const { value } = convert(source)
  expect(JSON.stringify(value)).toBe(`{"__proto__":"${OID}","a":1}`)
  expect(JSON.stringify(source)).toBe(before)
})

test.each<[unknown, string]>([
  [{ $oid: OID.slice(1) }, 'expected 24 hexadecimal digits in $oid'],
  [{ $oid: 7 }, 'expected 24 hexadecimal digits in $oid'],
  [{ $oid: OID, x: 1 }, '$oid has keys beside it that do not belong there'],
  [
    { $date: 'yesterday' },
    'expected an ISO text with its offset, or milliseconds since 1970 in $numberLong in $date',
  ],
  [
    { $date: '2024-05-06T07:08:09' },
    'expected an ISO text with its offset, or milliseconds since 1970 in $numberLong in $date',
  ],
  [
    { $date: '2024-02-30T00:00:00Z' },
    'expected an ISO text with its offset, or milliseconds since 1970 in $numberLong in $date',
  ],
  [
    { $date: 1.5 },
    'expected an ISO text with its offset, or milliseconds since 1970 in $numberLong in $date',
  ],
  [{ $date: { $numberLong: '8640000000000001' } }, 'expected a date before the year 275760 in $date'],
  [{ $date: { $numberLong: '9223372036854775807' } }, 'expected a date before the year 275760 in $date'],
  [{ $numberInt: '2147483648' }, 'expected the digits of an integer of 32 bits in $numberInt'],
  [{ $numberInt: 7 }, 'expected the digits of an integer of 32 bits in $numberInt'],
  [{ $numberLong: '9223372036854775808' }, 'expected the digits of an integer of 64 bits in $numberLong'],
  [{ $numberLong: '1.0' }, 'expected the digits of an integer of 64 bits in $numberLong'],
  [{ $numberDouble: '0x10' }, 'expected a number, Infinity, -Infinity or NaN as text in $numberDouble'],
  [{ $numberDecimal: '1,5' }, 'expected a decimal number as text in $numberDecimal'],
  [
    { $binary: { base64: 'AQ', subType: '00' } },
    'expected base64 and a subtype of one or two hexadecimal digits in $binary',
  ],
  [
    { $binary: { base64: 'AQID' } },
    'expected base64 and a subtype of one or two hexadecimal digits in $binary',
  ],
  [{ $binary: 'AQID' }, 'expected base64 and a subtype of one or two hexadecimal digits in $binary'],
  [{ $binary: { base64: 'AQID', subType: '04' } }, 'expected the 16 bytes of a UUID in $binary'],
  [{ $uuid: 'secret' }, 'expected a UUID in $uuid'],
  [{ $symbol: 7 }, 'expected text in $symbol'],
  [{ $regularExpression: { pattern: 'a' } }, 'expected pattern and options as text in $regularExpression'],
  [{ $timestamp: { t: -1, i: 0 } }, 'expected t and i, two integers of 32 bits in $timestamp'],
  [{ $maxKey: true }, 'expected 1 in $maxKey'],
  [{ $undefined: false }, 'expected true in $undefined'],
])('%o is malformed: %s', (value, message) => {
  expect(convert({ a: [value] }).problems).toEqual([['a.0', message]])
})

test('of two wrappers in one object neither is taken', () => {
  expect(convert({ $oid: OID, $numberInt: '1' }).problems).toHaveLength(1)
})

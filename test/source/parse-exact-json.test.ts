import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseExactJson } from '../../src/source/parse-exact-json.js'
import { WrittenNumber } from '../../src/written-number.js'
import { jsonText } from './json-text.js'

const written = (text: string) => new WrittenNumber(text)

test.each<[string, unknown]>([
  ['0', 0],
  ['9007199254740991', 9007199254740991],
  ['9007199254740992', 9007199254740992n],
  ['9007199254740993', 9007199254740993n],
  ['-9007199254740991', -9007199254740991],
  ['-9007199254740993', -9007199254740993n],
  ['100000000000000000000', 100000000000000000000n],
  ['1e20', written('1e20')],
  ['1.0e20', written('1.0e20')],
  ['1e+300', written('1e+300')],
  ['1e400', written('1e400')],
  ['-1e400', written('-1e400')],
  ['1e-400', written('1e-400')],
  ['0e999', 0],
  ['0.000e-999', 0],
  ['5e-324', 5e-324],
  ['4.9e-324', written('4.9e-324')],
  ['0.1', 0.1],
  ['0.30000000000000004', 0.30000000000000004],
  ['0.3000000000000000', 0.3],
  ['0.10000000000000001', written('0.10000000000000001')],
  ['123456789012345.678', written('123456789012345.678')],
  ['52.520008123456789', written('52.520008123456789')],
  ['9007199254740993.0', written('9007199254740993.0')],
  ['9007199254740992.0', written('9007199254740992.0')],
  ['9007199254740991.0', 9007199254740991],
  ['12345678e9', written('12345678e9')],
  ['12e3', 12000],
  ['1234567890123456.5', 1234567890123456.5],
  ['1e00000000000000000020', written('1e00000000000000000020')],
  ['1e99999999999999999999', written('1e99999999999999999999')],
])('the number %s arrives as %s, wherever it stands', (token, value) => {
  expect(parseExactJson(token)).toStrictEqual(value)
  expect(parseExactJson(` ${token} `)).toStrictEqual(value)
  expect(parseExactJson(`[${token},${token}]`)).toStrictEqual([value, value])
  expect(parseExactJson(`{"a":{"b": ${token}},"c":[\n${token}\n]}`)).toStrictEqual({
    a: { b: value },
    c: [value],
  })
})

test('minus zero stays what JSON.parse makes of it', () => {
  expect(parseExactJson('[-0,-0.0,9007199254740993]')).toEqual([-0, -0, 9007199254740993n])
})

test('digits inside strings and keys are left alone', () => {
  const text = '{"9007199254740993":"x: 9007199254740993, \\" [9007199254740993","n":[9007199254740993]}'
  expect(parseExactJson(text)).toEqual({
    '9007199254740993': 'x: 9007199254740993, " [9007199254740993',
    n: [9007199254740993n],
  })
})

test('a key named __proto__ stays an own property and harms nothing', () => {
  const value = parseExactJson('{"__proto__":9007199254740993,"a":{"__proto__":{"b":1e400}}}') as Record<
    string,
    unknown
  >
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect(Object.getOwnPropertyDescriptor(value, '__proto__')?.value).toBe(9007199254740993n)
  expect(Object.getOwnPropertyDescriptor(value['a'], '__proto__')?.value).toEqual({ b: written('1e400') })
})

test('exact numbers are found at any depth', () => {
  let value = parseExactJson('['.repeat(100_000) + '9007199254740993' + ']'.repeat(100_000))
  while (Array.isArray(value)) value = value[0]
  expect(value).toBe(9007199254740993n)
})

test.each([
  '01234567890123456789',
  '{1234567890123456789:1}',
  '[12345678901234567890.]',
  '1e400x',
  '-',
  '[1234567890123456-]',
])('%s is refused as JSON.parse refuses it', (text) => {
  expect(() => parseExactJson(text)).toThrow(SyntaxError)
})

describe('properties', () => {
  const result = (parse: (text: string) => unknown, text: string): unknown => {
    try {
      return { value: parse(text) }
    } catch (error) {
      return (error as Error).name
    }
  }
  const digits = (maxLength: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${maxLength}}$`))
  const token = fc
    .tuple(
      fc.boolean(),
      digits(22),
      fc.option(digits(22)),
      fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e+', 'e-'), fc.nat(420))),
    )
    .map(([minus, whole, fraction, exponent]) => {
      const integer = whole.replace(/^0+(?=\d)/, '')
      return (
        (minus ? '-' : '') + integer + (fraction === null ? '' : `.${fraction}`) + (exponent?.join('') ?? '')
      )
    })

  /** The decimal value as an integer number of 10^-600: independent of how the code compares. */
  const scaled = (text: string): bigint => {
    const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(
      text,
    )!
    return BigInt(`${sign}${whole}${fraction}`) * 10n ** BigInt(600 + Number(exponent) - fraction.length)
  }

  const expectedType = (text: string): string => {
    const double = Number(text)
    if (/^-?\d+$/.test(text)) return Number.isSafeInteger(double) ? 'number' : 'bigint'
    const isBeyond = Number.isInteger(double) && !Number.isSafeInteger(double)
    return Number.isFinite(double) && !isBeyond && scaled(String(double)) === scaled(text)
      ? 'number'
      : 'object'
  }

  test('no number changes its value, and none that a double holds becomes anything else', () => {
    fc.assert(
      fc.property(fc.array(token, { minLength: 1, maxLength: 4 }), (tokens) => {
        const values = parseExactJson(`[${tokens.join()}]`) as (number | bigint | WrittenNumber)[]
        for (const [index, text] of tokens.entries()) {
          const value = values[index]!
          expect(scaled(String(value))).toBe(scaled(text))
          expect(typeof value).toBe(expectedType(text))
        }
      }),
      { numRuns: 3000 },
    )
  })

  test('a text without such numbers is what JSON.parse makes of it, and what it refuses is refused', () => {
    fc.assert(
      fc.property(jsonText, fc.boolean(), (text, slow) => {
        fc.pre(!/[\d.]{16}|\d[eE](?:\+?\d|-\d{3})/.test(text))
        // Sixteen digits that a double holds take the way of those it does not hold.
        const document = slow ? `[${text},1234567890123456]` : text
        expect(result(parseExactJson, document)).toEqual(result(JSON.parse, document))
      }),
      { numRuns: 3000 },
    )
  })
})

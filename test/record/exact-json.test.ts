import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactJson } from '../../src/record/exact-json.js'
import { parseExactJson } from '../../src/source/parse-exact-json.js'
import { WrittenNumber } from '../../src/written-number.js'

test.each([
  ['9007199254740993'],
  ['-12345678901234567890123'],
  ['0.10000000000000000001'],
  ['1e400'],
  ['1e20'],
  ['-0'],
  ['5e-324'],
  ['[1.5,{"a":[],"b":{}},null,true,""]'],
  ['{"b":1,"a":{"__proto__":{"x":1}}}'],
  [String.raw`"\ud83d \u0000 \" \\"`],
])('%s is written as it was read', (text) => {
  expect(exactJson(parseExactJson(text))).toEqual({ text, isExact: true })
})

test('what was read is read again, whatever it is', () => {
  fc.assert(
    fc.property(fc.json({ depthSize: 'medium', noUnicodeString: false } as object), (text) => {
      const value = parseExactJson(text)
      const written = exactJson(value)
      expect(written?.isExact).toBe(true)
      expect(parseExactJson(written?.text ?? '')).toEqual(value)
    }),
  )
})

test('nesting has no limit', () => {
  const text = `${'[{"a":'.repeat(100_000)}1${'}]'.repeat(100_000)}`
  expect(exactJson(parseExactJson(text))).toEqual({ text, isExact: true })
})

test.each<[unknown, string]>([
  [{ at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
  [{ a: undefined, b: 1, c: () => 1 }, '{"b":1}'],
  [[undefined, Number.NaN, Infinity], '[null,null,null]'],
  [{ a: 5n }, '{"a":5}'],
  [2 ** 60, '1152921504606847000'],
  [
    new (class Point {
      x = 1
    })(),
    '{"x":1}',
  ],
  [new Map([[1, 2]]), '{}'],
])('what JSON has no word for is written as near as it can be, and said to differ', (value, text) => {
  expect(exactJson(value)).toEqual({ text, isExact: false })
})

test('an object that stands in two places is no circle; a circle is not written', () => {
  const twice = { x: 1 }
  expect(exactJson([twice, twice])).toEqual({ text: '[{"x":1},{"x":1}]', isExact: true })
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  expect(exactJson(circle)).toBeUndefined()
})

test('what cannot be written is undefined', () => {
  expect(exactJson(undefined)).toBeUndefined()
  expect(
    exactJson({
      get a() {
        throw new Error('no')
      },
    }),
  ).toBeUndefined()
})

test('a number as it was written keeps its digits', () => {
  expect(exactJson({ a: new WrittenNumber('1.10000000000000000000') })).toEqual({
    text: '{"a":1.10000000000000000000}',
    isExact: true,
  })
})

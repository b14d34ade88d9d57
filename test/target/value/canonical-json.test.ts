import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../src/target/value/canonical-json.js'

class Money {
  readonly cents = 5
}

function nested(levels: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = [value]
  return value
}

describe('canonicalJson', () => {
  it.each<[string, unknown, string]>([
    [
      'sorts keys at every level',
      { b: { d: 1, c: 2 }, a: [{ z: 1, y: 2 }] },
      '{"a":[{"y":2,"z":1}],"b":{"c":2,"d":1}}',
    ],
    ['sorts keys by code unit', { '\uff5e': 1, '😀': 2, Z: 3, a: 4 }, '{"Z":3,"a":4,"😀":2,"\uff5e":1}'],
    ['writes bigints as digits', { id: 9007199254740993n }, '{"id":9007199254740993}'],
    ['drops undefined properties', { a: undefined, b: null }, '{"b":null}'],
    ['writes a Date as JSON.stringify does', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['honours toJSON and its key', { total: { toJSON: (key: string) => [key] } }, '{"total":["total"]}'],
    ['drops what toJSON makes undefined', { a: { toJSON: () => undefined }, b: 1 }, '{"b":1}'],
    ['takes toJSON for a field when it is no function', { toJSON: 'x' }, '{"toJSON":"x"}'],
    ['writes the properties of an instance', new Money(), '{"cents":5}'],
    ['escapes as JSON.stringify does', '"\\\n\u0001/\u2028', '"\\"\\\\\\n\\u0001/\u2028"'],
    ['keeps a backslash before u0000', '\\u0000', '"\\\\u0000"'],
    ['keeps a key named __proto__', JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
    ['takes objects without a prototype', Object.create(null), '{}'],
    ['takes a scalar', false, 'false'],
    ['has one zero', -0, '0'],
  ])('%s', (_, value, text) => {
    expect(canonicalJson(value)).toEqual({ text })
  })

  it.each<[string, unknown, string, string]>([
    ['NaN', [Number.NaN], 'type', 'a number that is not finite'],
    ['infinity', { a: Number.NEGATIVE_INFINITY }, 'type', 'a number that is not finite'],
    ['a function', { a: () => 1 }, 'type', 'a function'],
    ['a symbol', { a: Symbol('a') }, 'type', 'a symbol'],
    ['undefined in an array', [1, undefined], 'type', 'undefined in an array'],
    ['an invalid Date', { at: new Date(Number.NaN) }, 'type', 'an invalid Date'],
    [
      'a Map, which JSON.stringify empties',
      new Map([[1, 2]]),
      'type',
      'an object whose content JSON does not show',
    ],
    [
      'an integer beyond 2^53',
      { id: 2 ** 53 },
      'out_of_range',
      'an integer beyond 2^53, which was rounded on the way',
    ],
    ['NUL in text', ['a\0'], 'nul_character', 'a NUL character'],
    ['NUL in a key', { 'a\0': 1 }, 'nul_character', 'a NUL character'],
    ['half a pair in text', { a: '\udc00' }, 'lone_surrogate', 'half of a surrogate pair'],
    ['half a pair in a key', { '\ud800': 1 }, 'lone_surrogate', 'half of a surrogate pair'],
    ['more levels than SQLite reads', nested(1001), 'out_of_range', 'more levels'],
  ])('refuses %s', (_, value, code, found) => {
    expect(canonicalJson(value)).toEqual({ refusal: { code, expected: expect.any(String), found } })
  })

  it('refuses a value that holds itself', () => {
    const loop: Record<string, unknown> = {}
    loop['loop'] = loop
    expect(canonicalJson(loop)).toMatchObject({ refusal: { code: 'out_of_range' } })
  })

  it('takes as many levels as SQLite reads', () => {
    expect(canonicalJson(nested(1000))).toHaveProperty('text')
  })

  const wellFormed = fc
    .string({ unit: 'binary' })
    .filter((text) => !text.includes('\0') && text.isWellFormed())
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constant(null),
      fc.boolean(),
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .filter((n) => !Number.isInteger(n) || Number.isSafeInteger(n)),
      wellFormed,
      fc.array(tie('value')),
      fc.dictionary(wellFormed, tie('value')),
    ),
  })).value

  it('reads back as what JSON.stringify would have written, whatever the order of the keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        const once = canonicalJson(value)
        const text = 'text' in once ? once.text! : ''
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(reversed(JSON.parse(text)))).toEqual(once)
      }),
    )
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, reversed(item)]),
  )
}

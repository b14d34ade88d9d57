import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinLegacyKey, legacyKeyText } from '../../src/record/legacy-key.js'

describe('legacyKeyText', () => {
  it.each<[unknown, string]>([
    ['a-1', 'a-1'],
    [' padded ', ' padded '],
    ['007', '007'],
    [7, '7'],
    [7n, '7'],
    [-0, '0'],
    [-7, '-7'],
    [9007199254740993n, '9007199254740993'],
  ])('%o is the key %s', (value, key) => {
    expect(legacyKeyText(value)).toBe(key)
  })

  it.each<[string, unknown]>([
    ['empty text', ''],
    ['null', null],
    ['undefined', undefined],
    ['a boolean', true],
    ['a fraction', 1.5],
    ['NaN', Number.NaN],
    ['a number beyond 2^53', 2 ** 53],
    ['an object', {}],
    ['an array', ['a']],
    ['text with NUL', 'a\0'],
    ['text with half a surrogate pair', 'a\ud800'],
  ])('%s is no key', (_, value) => {
    expect(legacyKeyText(value)).toBeUndefined()
  })
})

describe('joinLegacyKey', () => {
  it('leaves a single part as it is', () => {
    expect(joinLegacyKey(['a'])).toBe('a')
  })

  it('writes several parts as a JSON array', () => {
    expect(joinLegacyKey(['a', '7'])).toBe('["a","7"]')
  })

  it('keeps keys of as many parts apart', () => {
    const pair = fc.tuple(fc.string(), fc.string())
    fc.assert(
      fc.property(pair, pair, (left, right) => {
        const same = left[0] === right[0] && left[1] === right[1]
        expect(joinLegacyKey(left) === joinLegacyKey(right)).toBe(same)
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { matchEnum, normalizeEnumText, type EnumDefinition } from '../../src/record/match-enum.js'

const status: EnumDefinition = {
  name: 'status',
  values: ['active', 'in_review', '3', 'true'],
  aliases: { on: 'active', 'Waiting For Review': 'in_review', in_review: 'active' },
  fallback: undefined,
  normalize: normalizeEnumText,
}
const withFallback = { ...status, fallback: 'active' }

describe('matchEnum', () => {
  it.each<[unknown, string, string, string]>([
    ['active', 'active', 'exact', 'active'],
    ['in_review', 'in_review', 'exact', 'in_review'],
    [3, '3', 'exact', '3'],
    [3n, '3', 'exact', '3'],
    [true, 'true', 'exact', 'true'],
    ['on', 'active', 'alias', 'on'],
    [' Active ', 'active', 'normalized', ' Active '],
    ['In - Review', 'in_review', 'normalized', 'In - Review'],
    ['waiting-for_review', 'in_review', 'alias', 'waiting-for_review'],
    ['ON', 'active', 'alias', 'ON'],
  ])('finds %o as %s, %s', (value, found, via, legacy) => {
    expect(matchEnum(status, value)).toEqual({ value: found, via, legacy })
  })

  it.each([null, undefined, '', ' \t '])('%o is missing', (value) => {
    expect(matchEnum(status, value)).toEqual({ missing: true })
  })

  it('a missing value becomes the fallback', () => {
    expect(matchEnum(withFallback, null)).toEqual({ value: 'active', via: 'fallback', legacy: '' })
    expect(matchEnum(withFallback, ' ')).toEqual({ value: 'active', via: 'fallback', legacy: '' })
  })

  it('an unknown value is answered as it is written, or becomes the fallback', () => {
    expect(matchEnum(status, 'gone')).toEqual({ unknown: 'gone' })
    expect(matchEnum(withFallback, 'gone')).toEqual({ value: 'active', via: 'fallback', legacy: 'gone' })
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s matches nothing', (value) => {
    expect(matchEnum(status, value)).toEqual({ unknown: value })
  })

  it('objects and arrays have no text to match', () => {
    expect(matchEnum(status, { active: 1 })).toEqual({ unknown: '(object)' })
    expect(matchEnum(status, ['active'])).toEqual({ unknown: '(array)' })
  })

  it('an alias may stand for empty text', () => {
    expect(matchEnum({ ...status, aliases: { '': 'active' } }, '')).toEqual({
      value: 'active',
      via: 'alias',
      legacy: '',
    })
  })

  it('text that is normalised to two values is no guess at one of them', () => {
    const cased = { ...status, values: ['Draft', 'draft'], aliases: { OLD: 'Draft', old: 'draft' } }
    expect(matchEnum(cased, 'draft')).toMatchObject({ value: 'draft', via: 'exact' })
    expect(matchEnum(cased, 'DRAFT')).toEqual({ unknown: 'DRAFT' })
    expect(matchEnum(cased, 'Old')).toEqual({ unknown: 'Old' })
  })

  it('uses the normalisation of the definition', () => {
    const firstLetter = { ...status, normalize: (text: string) => text.charAt(0) }
    expect(matchEnum(firstLetter, 'a?')).toEqual({ value: 'active', via: 'normalized', legacy: 'a?' })
  })
})

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

  it.each([
    [null, null],
    [undefined, null],
    ['', ''],
    [' \t ', ' \t '],
  ])('%o is missing, or becomes the fallback', (value, legacy) => {
    expect(matchEnum(status, value)).toEqual({ legacy, via: 'missing', value: null })
    expect(matchEnum(withFallback, value)).toEqual({ legacy, via: 'fallback', value: 'active' })
  })

  it('an unknown value is answered as it is written, or becomes the fallback', () => {
    expect(matchEnum(status, 'gone')).toEqual({ legacy: 'gone', via: 'unknown', value: null })
    expect(matchEnum(withFallback, 'gone')).toEqual({ value: 'active', via: 'fallback', legacy: 'gone' })
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s matches nothing', (value) => {
    expect(matchEnum(status, value)).toEqual({ legacy: value, via: 'unknown', value: null })
  })

  it('objects and arrays have no text to match', () => {
    expect(matchEnum(status, { active: 1 })).toMatchObject({ legacy: '(object)', via: 'unknown' })
    expect(matchEnum(status, ['active'])).toMatchObject({ legacy: '(array)', via: 'unknown' })
    expect(matchEnum(withFallback, [])).toMatchObject({ legacy: '(array)', via: 'fallback' })
  })

  it('text that is normalised to two values is no guess at one of them', () => {
    const cased = { ...status, values: ['Draft', 'draft'], aliases: { OLD: 'Draft', old: 'draft' } }
    expect(matchEnum(cased, 'draft')).toMatchObject({ value: 'draft', via: 'exact' })
    expect(matchEnum(cased, 'DRAFT')).toMatchObject({ legacy: 'DRAFT', via: 'unknown' })
    expect(matchEnum(cased, 'Old')).toMatchObject({ legacy: 'Old', via: 'unknown' })
  })

  it('uses the normalisation of the definition', () => {
    const firstLetter = { ...status, normalize: (text: string) => text.charAt(0) }
    expect(matchEnum(firstLetter, 'a?')).toEqual({ value: 'active', via: 'normalized', legacy: 'a?' })
  })
})

describe('an alias', () => {
  // Written as people write them: numbers and booleans as names of properties.
  const flags = {
    ...status,
    values: ['yes', 'no', 'unset'],
    aliases: {
      0: 'no',
      1: 'yes',
      1.5: 'yes',
      true: 'yes',
      false: 'no',
      '-1': 'no',
      '': 'unset',
      'n/a': 'unset',
    },
  }

  it.each<[unknown, string | null, string]>([
    [0, '0', 'no'],
    [-0, '0', 'no'],
    ['0', '0', 'no'],
    [' 0 ', ' 0 ', 'no'],
    [0n, '0', 'no'],
    [1, '1', 'yes'],
    [1.0, '1', 'yes'],
    [1.5, '1.5', 'yes'],
    [-1, '-1', 'no'],
    [true, 'true', 'yes'],
    ['TRUE', 'TRUE', 'yes'],
    [false, 'false', 'no'],
    ['N/A', 'N/A', 'unset'],
    [null, null, 'unset'],
    [undefined, null, 'unset'],
    ['', '', 'unset'],
    ['  ', '  ', 'unset'],
  ])('stands for %o', (value, legacy, found) => {
    expect(matchEnum(flags, value)).toEqual({ legacy, via: 'alias', value: found })
  })

  it.each([[2], ['00'], [10], ['1.50'], [Number.NaN]])('of another value does not stand for %o', (value) => {
    expect(matchEnum(flags, value)).toMatchObject({ via: 'unknown', value: null })
  })
})

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprint } from '../../src/record/fingerprint.js'

const values = fc.array(fc.option(fc.string(), { nil: null }), { minLength: 3, maxLength: 3 })
const columns = ['a', 'b', 'c']

describe('fingerprint', () => {
  it('is the first 16 bytes of a SHA-256 in base64url', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const digest = createHash('sha256').update(`1;1:a${value.length}:${value}`).digest()
        expect(fingerprint(['a'], [value])).toBe(digest.subarray(0, 16).toString('base64url'))
      }),
    )
  })

  it('is the same for the same values and differs for others', () => {
    fc.assert(
      fc.property(values, values, (left, right) => {
        const same = left.every((value, index) => value === right[index])
        expect(fingerprint(columns, left) === fingerprint(columns, right)).toBe(same)
      }),
    )
  })

  it.each<[string, (string | null)[], (string | null)[]]>([
    ['null and empty text', [null], ['']],
    ['null and the text null', [null], ['null']],
    ['null and the mark of null', [null], ['-']],
    ['text on either side of a border', ['ab', 'c'], ['a', 'bc']],
    ['text that looks like a border', ['a1:b', ''], ['a', '1:b']],
  ])('tells apart %s', (_, left, right) => {
    const names = left.map((_value, index) => `c${index}`)
    expect(fingerprint(names, left)).not.toBe(fingerprint(names, right))
  })

  it('changes when a column is renamed, or names move their border', () => {
    const one = fingerprint(['ab', 'c'], ['1', '2'])
    expect(fingerprint(['ab', 'd'], ['1', '2'])).not.toBe(one)
    expect(fingerprint(['a', 'bc'], ['1', '2'])).not.toBe(one)
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shortHash } from '../../src/record/short-hash.js'

test('a text has eight characters of base64url, the same ones each time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(shortHash(text)).toMatch(/^[\w-]{8}$/)
      expect(shortHash(text)).toBe(shortHash(text.slice(0)))
    }),
  )
})

test.each<[string, (index: number) => string]>([
  ['numbers', (index) => String(index)],
  ['addresses', (index) => `member.${index}@example.org`],
  ['texts of one character', (index) => String.fromCharCode(index)],
  ['pairs of characters', (index) => String.fromCharCode(index % 200, Math.floor(index / 200))],
  ['blanks', (index) => ' '.repeat(index % 2_000) + String(Math.floor(index / 2_000))],
])('no two of many %s have the same', (_, textOf) => {
  const count = 40_000
  expect(new Set(Array.from({ length: count }, (__, index) => shortHash(textOf(index)))).size).toBe(count)
})

test('every bit of the answer is as often set as not', () => {
  const count = 20_000
  const set = Array.from({ length: 48 }, () => 0)
  for (let index = 0; index < count; index += 1) {
    const bytes = Buffer.from(shortHash(`row ${index}`), 'base64url')
    for (let bit = 0; bit < 48; bit += 1) set[bit]! += ((bytes[bit >> 3] as number) >> (bit & 7)) & 1
  }
  for (const times of set) expect(Math.abs(times / count - 0.5)).toBeLessThan(0.02)
})

import { expect, it } from 'vitest'
import { scanText } from '../../../src/inspect/text/scan-text.js'

it.each(['', 'abc', 'Zoë', '大森光学', '🙂', 'a\u{1f600}b', 'e\u0301', '\0', 'ÿ\u07ff\u0800'])(
  'counts the characters and bytes of %j as Unicode does',
  (text) => {
    const { characters, bytes } = scanText(text)
    expect({ characters, bytes }).toEqual({
      characters: Array.from(text).length,
      bytes: Buffer.byteLength(text),
    })
  },
)

it.each([
  ['a\0b', { hasNul: true, hasLoneSurrogate: false }],
  ['cut \ud83d', { hasNul: false, hasLoneSurrogate: true }],
  ['\ude00 cut', { hasNul: false, hasLoneSurrogate: true }],
  ['\ud83d\ud83d\ude00', { hasNul: false, hasLoneSurrogate: true }],
  ['🙂', { hasNul: false, hasLoneSurrogate: false }],
])('sees in %j what a database would refuse', (text, faults) => {
  expect(scanText(text)).toMatchObject(faults)
})

it('half a million different texts have different hashes of 53 bits', () => {
  const hashes = new Set<number>()
  for (let index = 0; index < 250_000; index += 1) {
    hashes.add(scanText(String(index)).hash)
    hashes.add(scanText(`user-${index}@example.org`).hash)
  }
  expect(hashes.size).toBe(500_000)
  expect([...hashes].every((hash) => Number.isSafeInteger(hash) && hash >= 0)).toBe(true)
})

it('surrogate pairs count in the hash like every other character', () => {
  expect(scanText('🙂').hash).not.toBe(scanText('🙃').hash)
})

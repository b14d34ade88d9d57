import fc from 'fast-check'
import { isUtf8 } from 'node:buffer'
import { expect, test } from 'vitest'
import { Utf8Gate } from '../../../src/source/file/utf8-gate.js'

function pass(bytes: Uint8Array, pieceBytes: number): { text: Buffer; fault: string | undefined } {
  const gate = new Utf8Gate()
  const passed: Buffer[] = []
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    passed.push(Buffer.from(gate.push(Buffer.from(bytes.subarray(from, from + pieceBytes)))))
  }
  passed.push(gate.end())
  return { text: Buffer.concat(passed), fault: gate.fault ?? (gate.isCutOff ? 'cut off' : undefined) }
}

const byte = fc.oneof(
  fc.nat(255),
  fc.constantFrom(0x5b, 0xc2, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0),
)

test('the longest valid beginning passes, wherever the pieces end', () => {
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 12 }), (tail) => {
      const bytes = Buffer.from([0x5b, 0x5b, ...tail])
      if (tail.includes(0)) bytes.fill(0x20, 2)
      let valid = bytes.length
      while (!isUtf8(bytes.subarray(0, valid))) valid -= 1
      for (const pieceBytes of [Infinity, 1, 3]) {
        const { text, fault } = pass(bytes, pieceBytes)
        expect(text).toEqual(bytes.subarray(0, valid))
        expect(fault === undefined).toBe(valid === bytes.length)
      }
    }),
    { numRuns: 3000 },
  )
})

test('a byte order mark becomes spaces, so that offsets stay', () => {
  for (const pieceBytes of [Infinity, 1]) {
    expect(pass(Buffer.from('\ufeff[1]'), pieceBytes)).toEqual({
      text: Buffer.from('   [1]'),
      fault: undefined,
    })
  }
})

test.each([
  ['with its mark', Buffer.from('\ufeff[1]', 'utf16le'), 'UTF-16LE'],
  ['without a mark', Buffer.from('[1]', 'utf16le'), 'UTF-16LE'],
  ['with its mark', Buffer.from('\ufeff[1]', 'utf16le').swap16(), 'UTF-16BE'],
  ['without a mark', Buffer.from('[1]', 'utf16le').swap16(), 'UTF-16BE'],
  ['of one character', Buffer.from('1', 'utf16le'), 'UTF-16LE'],
  ['of nothing but its mark', Buffer.from([0xff, 0xfe]), 'UTF-16LE'],
  ['with its mark', utf32('\ufeff[1]'), 'UTF-32LE'],
  ['without a mark', utf32('[1]'), 'UTF-32LE'],
  ['with its mark', utf32('\ufeff[1]').swap32(), 'UTF-32BE'],
  ['without a mark', utf32('[1]').swap32(), 'UTF-32BE'],
])('a text %s is recognised, wherever the pieces end: %o is %s', (_, bytes, encoding) => {
  for (const pieceBytes of [Infinity, 1, 3])
    expect(pass(bytes, pieceBytes)).toEqual({ text: Buffer.alloc(0), fault: encoding })
})

test('NULs alone are no encoding: the reader behind the gate refuses them', () => {
  expect(pass(Buffer.alloc(10), 1)).toEqual({ text: Buffer.alloc(10), fault: undefined })
})

function utf32(text: string): Buffer {
  const points = Uint32Array.from(text, (character) => character.codePointAt(0)!)
  return Buffer.from(points.buffer)
}

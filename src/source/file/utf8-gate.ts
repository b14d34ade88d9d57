import { isUtf8 } from 'node:buffer'
import { otherEncoding, type OtherEncoding } from './other-encoding.js'

const NOTHING = Buffer.alloc(0)
const BYTE_ORDER_MARK_BYTES = 3
/** So many bytes tell the encoding. */
const BEGINNING_BYTES = 4
const SPACE = 0x20

/** What keeps a text from being UTF-8. */
export type EncodingFault = OtherEncoding | 'invalid_utf8'

/** Lets UTF-8 through, in pieces of any size, and stops at the first byte that is none. */
export class Utf8Gate {
  fault: EncodingFault | undefined
  /** True when the text ended inside a character. */
  isCutOff = false
  /** The beginning of the text, or the beginning of a character, that the next piece goes on with. */
  #held: Buffer = NOTHING
  #hasBegun = false

  /** The part of the text that can be read now: whole characters, up to the first fault. */
  push(piece: Buffer): Buffer {
    if (this.fault !== undefined) return NOTHING
    const bytes = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece])
    if (!this.#hasBegun && bytes.length < BEGINNING_BYTES) {
      this.#held = Buffer.from(bytes)
      return NOTHING
    }
    const whole = bytes.subarray(0, bytes.length - unfinishedBytes(bytes))
    this.#held = Buffer.from(bytes.subarray(whole.length))
    return this.#pass(whole)
  }

  /** What was held back for a next piece. */
  end(): Buffer {
    if (this.fault !== undefined) return NOTHING
    const unfinished = unfinishedBytes(this.#held)
    this.isCutOff = unfinished > 0
    return this.#pass(this.#held.subarray(0, this.#held.length - unfinished))
  }

  #pass(bytes: Buffer): Buffer {
    const text = this.#hasBegun ? bytes : this.#begin(bytes)
    this.#hasBegun = true
    if (this.fault !== undefined) return NOTHING
    if (isUtf8(text)) return text
    this.fault = 'invalid_utf8'
    return text.subarray(0, firstInvalid(text))
  }

  #begin(bytes: Buffer): Buffer {
    this.fault = otherEncoding(bytes)
    const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    // Spaces in the place of the mark: JSON.parse refuses it, and offsets stay those of the file.
    return hasMark ? Buffer.from(bytes).fill(SPACE, 0, BYTE_ORDER_MARK_BYTES) : bytes
  }
}

/** How many bytes at the end begin a character without finishing it. */
function unfinishedBytes(bytes: Buffer): number {
  for (let count = 1; count < 4 && count <= bytes.length; count += 1) {
    const byte = bytes[bytes.length - count]!
    const isContinuation = (byte & 0xc0) === 0x80
    if (!isContinuation) return characterBytes(byte) > count ? count : 0
  }
  return 0
}

function firstInvalid(bytes: Buffer): number {
  let index = 0
  while (index < bytes.length) {
    const length = characterBytes(bytes[index]!)
    if (bytes[index]! >= 0x80 && !isUtf8(bytes.subarray(index, index + length))) return index
    index += length
  }
  return index
}

/** How long the character is that begins with this byte (RFC 3629); 1 for a byte that begins none. */
function characterBytes(lead: number): number {
  if (lead < 0xc0 || lead >= 0xf8) return 1
  if (lead < 0xe0) return 2
  return lead < 0xf0 ? 3 : 4
}

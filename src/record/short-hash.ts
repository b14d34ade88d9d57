/** Characters of a hash. */
export const shortHashLength = 8

const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
const characters = Buffer.alloc(shortHashLength)

/**
 * Eight characters (base64url) that stand for a text: 48 bits. Two lanes of multiplication over its UTF-16 units, mixed by
 * MurmurHash3's finalizer: for telling whether a text is another one, at a fraction of what a cryptographic hash costs; not for
 * keeping anything secret.
 */
export function shortHash(text: string): string {
  writeShortHash(text, characters, 0)
  return characters.toString('latin1')
}

/** Writes the hash of a text into bytes, at `at`. */
export function writeShortHash(text: string, bytes: Uint8Array, at: number): void {
  let one = 0x2545f491
  let two = 0x9e3779b9 ^ text.length
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    one = Math.imul(one ^ unit, 0x85ebca6b)
    one ^= one >>> 15
    two = Math.imul(two ^ unit, 0xc2b2ae35)
    two ^= two >>> 13
  }
  write24Bits(mixed(one ^ Math.imul(two, 0x27d4eb2f)), bytes, at)
  write24Bits(mixed(two ^ Math.imul(one, 0x165667b1)), bytes, at + 4)
}

/** Every bit of the answer depends on every bit of the number. */
function mixed(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

/** The upper 24 of 32 bits as four characters. */
function write24Bits(bits: number, bytes: Uint8Array, at: number): void {
  bytes[at] = ALPHABET[bits >>> 26] as number
  bytes[at + 1] = ALPHABET[(bits >>> 20) & 0x3f] as number
  bytes[at + 2] = ALPHABET[(bits >>> 14) & 0x3f] as number
  bytes[at + 3] = ALPHABET[(bits >>> 8) & 0x3f] as number
}

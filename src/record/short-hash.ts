const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const PAIRS = [...ALPHABET].flatMap((first) => [...ALPHABET].map((second) => first + second))

/**
 * Eight characters (base64url) that stand for a text: 48 bits. Two lanes of multiplication over its UTF-16 units, mixed by
 * MurmurHash3's finalizer: for telling whether a text is another one, at a fraction of what a cryptographic hash costs; not for
 * keeping anything secret.
 */
export function shortHash(text: string): string {
  let one = 0x2545f491
  let two = 0x9e3779b9 ^ text.length
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    one = Math.imul(one ^ unit, 0x85ebca6b)
    one ^= one >>> 15
    two = Math.imul(two ^ unit, 0xc2b2ae35)
    two ^= two >>> 13
  }
  const high = mixed(one ^ Math.imul(two, 0x27d4eb2f))
  const low = mixed(two ^ Math.imul(one, 0x165667b1))
  return pair(high >>> 20) + pair(high >>> 8) + pair(low >>> 20) + pair(low >>> 8)
}

/** Every bit of the answer depends on every bit of the number. */
function mixed(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

function pair(bits: number): string {
  return PAIRS[bits & 0xfff] as string
}

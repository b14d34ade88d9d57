/** Which kinds of characters a text has; each kind is a bit. */
export const Characters = {
  digit: 1,
  hexLetter: 2,
  lower: 4,
  upper: 8,
  dash: 16,
  dot: 32,
  colon: 64,
  slash: 128,
  at: 256,
  space: 512,
  plus: 1024,
  comma: 2048,
  other: 4096,
  wide: 8192,
} as const

/** What one look at each character of a text tells. */
export interface TextScan {
  /** 53 bits, the same for the same text. */
  hash: number
  /** As Unicode counts them, and Postgres. */
  characters: number
  /** In UTF-8. */
  bytes: number
  /** The kinds of `Characters` that occur. */
  kinds: number
  hasNul: boolean
  hasLoneSurrogate: boolean
}

/** Reads a text once. The hash is cyrb53: two multiplicative lanes of 32 bits, mixed at the end. */
export function scanText(text: string): TextScan {
  const { length } = text
  let first = 0xdeadbeef
  let second = 0x41c6ce57
  let kinds = 0
  let bytes = length
  let pairs = 0
  let hasNul = false
  let hasLoneSurrogate = false
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index)
    first = Math.imul(first ^ code, 0x9e3779b1)
    second = Math.imul(second ^ code, 0x5f356495)
    if (code < 128) {
      kinds |= KINDS[code]!
      if (code === 0) hasNul = true
      continue
    }
    kinds |= Characters.wide
    bytes += code < 0x800 ? 1 : 2
    if (code < 0xd800 || code > 0xdfff) continue
    if (isPair(code, text.charCodeAt(index + 1))) {
      const low = text.charCodeAt(index + 1)
      first = Math.imul(first ^ low, 0x9e3779b1)
      second = Math.imul(second ^ low, 0x5f356495)
      // Four bytes for two code units: two were counted by the length, two by the first half.
      pairs += 1
      index += 1
    } else hasLoneSurrogate = true
  }
  return { hash: mix(first, second), characters: length - pairs, bytes, kinds, hasNul, hasLoneSurrogate }
}

function isPair(high: number, low: number): boolean {
  return high < 0xdc00 && low >= 0xdc00 && low <= 0xdfff
}

function mix(first: number, second: number): number {
  let low = Math.imul(first ^ (first >>> 16), 0x85ebca6b) ^ Math.imul(second ^ (second >>> 13), 0xc2b2ae35)
  let high = Math.imul(second ^ (second >>> 16), 0x85ebca6b) ^ Math.imul(first ^ (first >>> 13), 0xc2b2ae35)
  low ^= low >>> 16
  high ^= high >>> 15
  return 2 ** 32 * (high & 0x1fffff) + (low >>> 0)
}

const KINDS = Uint16Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)))

function kindOf(character: string): number {
  if (/[0-9]/.test(character)) return Characters.digit
  if (/[a-f]/.test(character)) return Characters.hexLetter
  if (/[g-z]/.test(character)) return Characters.lower
  if (/[A-Z]/.test(character)) return Characters.upper
  if (/\s/.test(character)) return Characters.space
  const named: Record<string, number> = {
    '-': Characters.dash,
    '.': Characters.dot,
    ':': Characters.colon,
    '/': Characters.slash,
    '@': Characters.at,
    '+': Characters.plus,
    ',': Characters.comma,
  }
  return named[character] ?? Characters.other
}

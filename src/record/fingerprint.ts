import { hash } from 'node:crypto'

/**
 * 22 characters that stand for a mapped record: base64url of the first 16 bytes of a SHA-256.
 *
 * Columns and values go in with their lengths, so that no two records have the same text: null is not `''` nor
 * `'null'`, nothing moves from one column to its neighbour, and a renamed column counts. Values are canonical text
 * as the encoders write it; the order of the columns counts.
 */
export function fingerprint(columns: readonly string[], values: readonly (string | null)[]): string {
  return fingerprintsOf(columns)(values)
}

/** `fingerprint` of many records that have the same columns. */
export function fingerprintsOf(columns: readonly string[]): (values: readonly (string | null)[]) => string {
  const head = `${columns.length};${columns.map((column) => `${column.length}:${column}`).join('')}`
  return (values) => {
    let text = head
    for (const value of values) text += value === null ? '-' : `${value.length}:${value}`
    return hash22(text)
  }
}

/** 22 characters that stand for a text: base64url of the first 16 bytes of its SHA-256. */
export function hash22(text: string): string {
  return first128Bits(hash('sha256', text, 'base64url'))
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * 21 characters hold 126 bits; of the 22nd only the first two count, so the other four are set to zero.
 * A cut of the text is twice as fast as one of the bytes.
 */
function first128Bits(base64url: string): string {
  const last = ALPHABET.charAt(ALPHABET.indexOf(base64url.charAt(21)) & 0b110000)
  return base64url.slice(0, 21) + last
}

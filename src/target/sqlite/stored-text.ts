import type { Stored } from './stored-value.js'

/**
 * A stored value as text that tells its storage class, so that it can be put back exactly:
 * `'a'` → `'t:a'`, `7n` → `'i:7'`, `0.5` → `'r:0.5'`, bytes → `'b:00ff'`, null → null.
 */
export function storedText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Buffer.isBuffer(value)) return `b:${value.toString('hex')}`
  switch (typeof value) {
    case 'bigint':
      return `i:${value}`
    case 'number':
      return `r:${Object.is(value, -0) ? '-0' : value}`
    default:
      return `t:${value as string}`
  }
}

/** What `storedText` was made of. */
export function fromStoredText(text: string | null): Stored {
  if (text === null) return null
  const value = text.slice(2)
  switch (text[0]) {
    case 'b':
      return Buffer.from(value, 'hex')
    case 'i':
      return BigInt(value)
    case 'r':
      return Number(value)
    default:
      return value
  }
}

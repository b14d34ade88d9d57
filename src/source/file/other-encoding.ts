/** An encoding that JSON text may have had elsewhere, by the name that iconv knows. */
export type OtherEncoding = 'UTF-16LE' | 'UTF-16BE' | 'UTF-32LE' | 'UTF-32BE'

/**
 * The encoding that a text has instead of UTF-8, told by its mark; without one, by where the NULs stand around a first
 * character that is ASCII, as that of every JSON text: `5b 00 31 00` → `'UTF-16LE'`. Undefined when nothing tells.
 */
export function otherEncoding([a, b, c, d]: Uint8Array): OtherEncoding | undefined {
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32LE' : 'UTF-16LE'
  if (a === 0xfe && b === 0xff) return 'UTF-16BE'
  if (a === 0 && b === 0)
    return (c === 0xfe && d === 0xff) || (c === 0 && d !== 0 && d !== undefined) ? 'UTF-32BE' : undefined
  if (a === 0) return b === undefined ? undefined : 'UTF-16BE'
  if (b === 0) return c === 0 && d === 0 ? 'UTF-32LE' : 'UTF-16LE'
  return undefined
}

/// <reference lib="es2024.string" />

/**
 * The canonical text of one part of a legacy key, `undefined` for what identifies nothing.
 *
 * `'a-1'` → `'a-1'` · `7`, `7n` and `'7'` → `'7'` · `''`, `null`, `true`, `1.5`, `{}` → `undefined`
 *
 * Numbers beyond 2^53 are no key, because two of them may have been rounded to one; nor is text with NUL or half a
 * surrogate pair, which a database would refuse or replace.
 */
export function legacyKeyText(value: unknown): string | undefined {
  if (typeof value === 'string') return isKey(value) ? value : undefined
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined
  return typeof value === 'bigint' ? String(value) : undefined
}

/** One text for all parts of a key: `['a']` → `'a'`, `['a', '7']` → `'["a","7"]'`. */
export function joinLegacyKey(parts: readonly string[]): string {
  const [first] = parts
  return parts.length === 1 && first !== undefined ? first : JSON.stringify(parts)
}

function isKey(text: string): boolean {
  return text !== '' && !text.includes('\0') && text.isWellFormed()
}

export { quoteName } from '../quote-name.js'

/** Text as a literal, for the few places that take no parameter (`DO` blocks, names of keys as constants). */
export function quoteText(text: string): string {
  const escaped = text.replaceAll("'", "''")
  return escaped.includes('\\') ? `E'${escaped.replaceAll('\\', '\\\\')}'` : `'${escaped}'`
}

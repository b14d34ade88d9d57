/** An identifier as it stands in a statement: `user"s` → `"user""s"`. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Text as a literal, for the few places that take no parameter (`DO` blocks, names of keys as constants). */
export function quoteText(text: string): string {
  const escaped = text.replaceAll("'", "''")
  return escaped.includes('\\') ? `E'${escaped.replaceAll('\\', '\\\\')}'` : `'${escaped}'`
}

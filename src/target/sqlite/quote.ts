/** An identifier as it stands in a statement: `user"s` → `"user""s"`. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Text as a literal, for DDL, which takes no parameters. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

export { quoteName } from '../quote-name.js'

/** Text as a literal, for DDL, which takes no parameters. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

import type { Column, SQL } from 'drizzle-orm'

/**
 * A piece of drizzle's SQL as text: values as literals, columns by their bare names.
 * @param quote how names and texts stand in it
 */
export function renderSql(
  sql: SQL,
  quote: { quoteName(name: string): string; quoteText(text: string): string },
): string {
  const query = sql.toQuery({
    // Names stay as the schema has them; a casing is the business of drizzle's own queries.
    casing: { getColumnCasing: (column: Column) => column.name } as never,
    escapeName: quote.quoteName,
    escapeParam: () => '?',
    escapeString: quote.quoteText,
    inlineParams: true,
    invokeSource: 'indexes',
  })
  return query.sql.trim()
}

import type { Column, SQL } from 'drizzle-orm'
import { quoteName, quoteText } from './quote.js'

/** A piece of drizzle's SQL as text: values as literals, columns by their bare names. */
export function renderSql(sql: SQL): string {
  const query = sql.toQuery({
    // Names stay as the schema has them; a casing is the business of drizzle's own queries.
    casing: { getColumnCasing: (column: Column) => column.name } as never,
    escapeName: quoteName,
    escapeParam: () => '?',
    escapeString: quoteText,
    inlineParams: true,
    invokeSource: 'indexes',
  })
  return query.sql.trim()
}

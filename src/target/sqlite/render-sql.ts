import type { SQL } from 'drizzle-orm'
import { renderSql as render } from '../render-sql.js'
import { quoteName, quoteText } from './quote.js'

/** A piece of drizzle's SQL as SQLite is given it. */
export function renderSql(sql: SQL): string {
  return render(sql, { quoteName, quoteText })
}

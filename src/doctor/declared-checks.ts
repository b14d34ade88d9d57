import { is, type Table } from 'drizzle-orm'
import { getTableConfig as postgresConfig, PgTable } from 'drizzle-orm/pg-core'
import { getTableConfig as sqliteConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'

/** The names of the checks that a drizzle table declares. */
export function declaredChecks(table: Table): ReadonlySet<string> {
  if (is(table, PgTable)) return new Set(postgresConfig(table).checks.map(({ name }) => name))
  return new Set(is(table, SQLiteTable) ? sqliteConfig(table).checks.map(({ name }) => name) : [])
}

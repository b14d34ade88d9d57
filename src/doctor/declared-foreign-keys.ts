import { is, type Column, type Table } from 'drizzle-orm'
import { getTableConfig as postgresConfig, PgTable } from 'drizzle-orm/pg-core'
import { getTableConfig as sqliteConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'

/** A foreign key as the schema file declares it, its columns by their names in the database. */
export interface DeclaredForeignKey {
  readonly name: string
  readonly columns: readonly string[]
  readonly parent: Table
  readonly parentColumns: readonly string[]
}

/** The foreign keys that a drizzle table declares. */
export function declaredForeignKeys(table: Table): DeclaredForeignKey[] {
  return keysOf(table).map((key) => {
    const { columns, foreignTable, foreignColumns } = key.reference()
    return {
      name: key.getName(),
      columns: columns.map(({ name }) => name),
      parent: foreignTable,
      parentColumns: foreignColumns.map(({ name }) => name),
    }
  })
}

interface DrizzleForeignKey {
  getName(): string
  reference(): { columns: Column[]; foreignTable: Table; foreignColumns: Column[] }
}

function keysOf(table: Table): readonly DrizzleForeignKey[] {
  if (is(table, PgTable)) return postgresConfig(table).foreignKeys
  return is(table, SQLiteTable) ? sqliteConfig(table).foreignKeys : []
}

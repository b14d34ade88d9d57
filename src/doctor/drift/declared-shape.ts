import { is, type Column, type SQL, type Table } from 'drizzle-orm'
import { getTableConfig as postgresConfig, PgTable } from 'drizzle-orm/pg-core'
import { getTableConfig as sqliteConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { declaredIndex, uniqueOf, type AnyIndex, type DeclaredIndex } from './declared-index.js'

/** A drizzle table, whichever engine it was declared for, in the words of a survey. */
export interface DeclaredShape {
  readonly columns: readonly Column[]
  /** None when the table has no primary key. */
  readonly primaryKey: readonly string[]
  /** Unique constraints and unique indexes. */
  readonly uniques: readonly DeclaredIndex[]
  readonly indexes: readonly DeclaredIndex[]
  readonly foreignKeys: readonly DeclaredForeignKey[]
  readonly checks: readonly { readonly name: string; readonly value: SQL }[]
}

/** A foreign key of a drizzle table. */
export interface DeclaredForeignKey {
  readonly name: string
  readonly columns: readonly string[]
  readonly parent: Table
  readonly parentColumns: readonly string[]
  readonly onDelete: string | undefined
  readonly onUpdate: string | undefined
}

/** What both engines' declarations have in common, as far as it is read here. */
interface AnyConfig {
  readonly columns: readonly Column[]
  readonly primaryKeys: readonly { readonly columns: readonly Column[] }[]
  readonly uniqueConstraints: readonly {
    readonly columns: readonly Column[]
    readonly nullsNotDistinct?: boolean
    getName(): string | undefined
  }[]
  readonly indexes: readonly { readonly config: AnyIndex }[]
  readonly foreignKeys: readonly {
    readonly onDelete: string | undefined
    readonly onUpdate: string | undefined
    getName(): string
    reference(): {
      readonly columns: readonly Column[]
      readonly foreignTable: Table
      readonly foreignColumns: readonly Column[]
    }
  }[]
  readonly checks: readonly { readonly name: string; readonly value: SQL }[]
}

/** Reads a `pgTable` or a `sqliteTable`; undefined for a table of another engine. */
export function declaredShape(table: Table): DeclaredShape | undefined {
  const config: AnyConfig | undefined = is(table, PgTable)
    ? postgresConfig(table)
    : is(table, SQLiteTable)
      ? sqliteConfig(table)
      : undefined
  if (config === undefined) return undefined
  const indexes = config.indexes.map((index) => declaredIndex(index.config))
  const inline = config.columns.filter(({ primary }) => primary)
  return {
    columns: config.columns,
    primaryKey: namesOf(inline.length > 0 ? inline : (config.primaryKeys[0]?.columns ?? [])),
    uniques: [
      ...config.columns
        .filter(({ isUnique }) => isUnique)
        .map((column) => uniqueOf(column.uniqueName, [column.name], column.uniqueType === 'not distinct')),
      ...config.uniqueConstraints.map((unique) =>
        uniqueOf(unique.getName(), namesOf(unique.columns), unique.nullsNotDistinct === true),
      ),
      ...indexes.filter(({ unique }) => unique),
    ],
    indexes: indexes.filter(({ unique }) => !unique),
    foreignKeys: config.foreignKeys.map((key) => {
      const { columns, foreignTable, foreignColumns } = key.reference()
      return {
        name: key.getName(),
        columns: namesOf(columns),
        parent: foreignTable,
        parentColumns: namesOf(foreignColumns),
        onDelete: key.onDelete,
        onUpdate: key.onUpdate,
      }
    }),
    checks: config.checks,
  }
}

function namesOf(columns: readonly Column[]): string[] {
  return columns.map(({ name }) => name)
}

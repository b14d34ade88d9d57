import { getTableColumns, getTableName, is, type Column, type Table } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { declaredEnum } from '../declared-enum.js'
import type { ColumnType } from '../value/column-type.js'
import { parseColumnType } from '../value/parse-column-type.js'

/** What the schema file says of a column and the SQLite database cannot. */
export interface DeclaredColumn {
  readonly property: string
  readonly type: ColumnType
  readonly identity: 'always' | 'by default' | undefined
}

/** A drizzle table as far as the SQLite catalogue needs it. */
export interface DeclaredTable {
  /** For people: `billing.invoices`. */
  readonly name: string
  /** In the database: `billing_invoices`. */
  readonly liveName: string
  /** What stands before the names of its indexes, which are global in SQLite: `billing_`. */
  readonly indexPrefix: string
  /** True for a table that is derived from a `pgTable`. */
  readonly isTwin: boolean
  /** By the name in the database. */
  readonly columns: ReadonlyMap<string, DeclaredColumn>
  /** Foreign key → its parent, as people call it. */
  readonly parents: ReadonlyMap<string, string>
}

/** Reads a `pgTable` or a `sqliteTable`. */
export function declaredTable(table: Table): DeclaredTable {
  const isTwin = is(table, PgTable)
  const schema = isTwin ? getTableConfig(table).schema : undefined
  const columns = Object.entries(getTableColumns(table)).map(
    ([property, column]) =>
      [
        column.name,
        { property, type: isTwin ? postgresType(column) : sqliteType(column), identity: identityOf(column) },
      ] as const,
  )
  return {
    name: schema === undefined ? getTableName(table) : `${schema}.${getTableName(table)}`,
    liveName: liveNameOf(table),
    indexPrefix: schema === undefined ? '' : `${schema}_`,
    isTwin,
    columns: new Map(columns),
    parents: isTwin ? parentsOf(table) : new Map(),
  }
}

/** A table of which nothing is known but what SQLite keeps. */
export function undeclaredTable(liveName: string): DeclaredTable {
  return { name: liveName, liveName, indexPrefix: '', isTwin: false, columns: new Map(), parents: new Map() }
}

/** SQLite has no schemas: `billing.invoices` → `billing_invoices`. */
export function liveNameOf(table: Table): string {
  const schema = is(table, PgTable) ? getTableConfig(table).schema : undefined
  return schema === undefined ? getTableName(table) : `${schema}_${getTableName(table)}`
}

function parentsOf(table: PgTable): Map<string, string> {
  return new Map(
    getTableConfig(table).foreignKeys.map((key) => {
      const parent = getTableConfig(key.reference().foreignTable)
      return [key.getName(), parent.schema === undefined ? parent.name : `${parent.schema}.${parent.name}`]
    }),
  )
}

/** The type of a column of a `pgTable`. */
export function postgresType(column: Column): ColumnType {
  return parseColumnType(column.getSQLType(), declaredEnum(column)?.labels)
}

function identityOf(column: Column): DeclaredColumn['identity'] {
  const type = column.generatedIdentity?.type
  return type === undefined ? undefined : type === 'always' ? 'always' : 'by default'
}

/** The type of a column of a `sqliteTable`: what drizzle makes of the integer, text or blob that is stored. */
function sqliteType(column: Column): ColumnType {
  switch (column.columnType) {
    case 'SQLiteTimestamp':
      return {
        kind: 'timestamp',
        zoned: true,
        precision: 'mode' in column && column.mode === 'timestamp_ms' ? 3 : 0,
      }
    case 'SQLiteBoolean':
      return { kind: 'boolean' }
    case 'SQLiteTextJson':
      return { kind: 'json', binary: false }
    default:
      return storedType(column.getSQLType())
  }
}

/** The type of a column of which nothing is known but how SQLite stores it. */
export function storedType(declared: string): ColumnType {
  switch (storageOf(declared)) {
    case 'integer':
      return { kind: 'integer', bits: 64 }
    case 'real':
      return { kind: 'float', bits: 64 }
    case 'blob':
      return { kind: 'bytes' }
    case 'numeric':
      return { kind: 'numeric' }
    case 'any':
      return { kind: 'other', name: 'any' }
    case 'text':
      return parseColumnType(declared).kind === 'text' ? parseColumnType(declared) : { kind: 'text' }
  }
}

/** How SQLite stores a declared type: its rules of affinity, https://sqlite.org/datatype3.html, section 3.1. */
export function storageOf(declared: string): 'integer' | 'text' | 'blob' | 'real' | 'numeric' | 'any' {
  const type = declared.toLowerCase()
  if (type.includes('int')) return 'integer'
  if (/char|clob|text/.test(type)) return 'text'
  if (type.includes('blob')) return 'blob'
  if (/real|floa|doub/.test(type)) return 'real'
  return type === '' || type === 'any' ? 'any' : 'numeric'
}

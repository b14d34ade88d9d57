import type { Table } from 'drizzle-orm'
import { TargetError } from '../../errors.js'
import { labelListOf, type LabelList } from '../label-list.js'
import type { Check, TableColumn, TargetTable, UniqueKey } from '../table.js'
import type { Connection } from './connection.js'
import { declaredTable, undeclaredTable, type DeclaredTable } from './declared-table.js'
import { parseCreateTable, type ParsedTable } from './parse-create-table.js'
import { quoteName } from './quote.js'
import { readColumns, sequenceColumns } from './read-columns.js'
import { readForeignKeys } from './read-foreign-keys.js'
import { readReferrers } from './read-referrers.js'
import { readUniqueKeys } from './read-unique-keys.js'
import { columnsRead } from './tokens.js'
import { readTypeCheckName } from './type-check.js'

/**
 * What the live database says of a drizzle table.
 * @throws TargetError `target.no_table`, `target.no_row_key`
 */
export function readCatalogue(connection: Connection, table: Table): TargetTable {
  return readLive(connection, declaredTable(table))
}

/**
 * The same of a table that the ledger names, with nothing but what SQLite itself keeps of it: `users`, `billing.users`.
 * @throws TargetError `target.no_table`, `target.no_row_key`
 */
export function readNamed(connection: Connection, name: string): TargetTable {
  const there = connection.get(`select 1 from sqlite_master where type = 'table' and name = ?`, [name])
  const [schema, ...rest] = there === undefined ? name.split('.') : [name]
  const declared = rest.length > 0
  const [liveName, indexPrefix] = declared ? [`${schema}_${rest.join('.')}`, `${schema}_`] : [name, '']
  return readLive(connection, { ...undeclaredTable(liveName), name, indexPrefix })
}

function readLive(connection: Connection, declared: DeclaredTable): TargetTable {
  const { name, liveName } = declared
  const created = connection.get(`select sql from sqlite_master where type = 'table' and name = ?`, [
    liveName,
  ])
  if (created === undefined) {
    throw new TargetError(
      'target.no_table',
      `The table ${name} does not exist in the database ${connection.path}.`,
      {
        hint: 'Run `carryover migrate` first, or check that the database URL names the right database.',
      },
    )
  }
  const parsed = parseCreateTable(created[0] as string)
  const columns = readColumns(connection, declared, parsed)
  const uniqueKeys = readUniqueKeys(connection, declared, parsed, columns)
  return {
    name,
    sql: quoteName(liveName),
    columns,
    rowKey: rowKeyOf(name, columns, uniqueKeys),
    uniqueKeys,
    foreignKeys: readForeignKeys(connection, declared, parsed),
    referrers: readReferrers(connection, liveName),
    checks: checksOf(declared, parsed, columns),
    labelLists: labelLists(parsed, columns),
    sequences: sequenceColumns(declared, parsed),
    hasTriggers: hasTriggers(connection, liveName),
  }
}

/** The primary key's columns in its own order; without one, a whole unique key over columns that are never null. */
function rowKeyOf(name: string, columns: readonly TableColumn[], keys: readonly UniqueKey[]): string[] {
  const byPart = new Map(columns.map((column) => [quoteName(column.name), column]))
  for (const key of keys) {
    const members = key.parts.map((part) => byPart.get(part))
    const whole = key.predicate === undefined && members.every((member) => member?.nullable === false)
    if (key.primary || whole) return members.map((member) => (member as TableColumn).name)
  }
  throw new TargetError(
    'target.no_row_key',
    `The table ${name} has no primary key and no unique key over columns that are not null.`,
    { hint: 'Add a primary key: without one no row can be told from another.' },
  )
}

/** The checks that the schema declares, by name; those that stand for a type are the type's own business. */
export function checksOf(
  declared: DeclaredTable,
  parsed: ParsedTable,
  columns: readonly TableColumn[],
): Check[] {
  const names = columns.map((column) => column.name)
  const unnamed = (column: string | undefined) =>
    [declared.liveName, column, 'check'].filter(Boolean).join('_')
  return parsed.checks
    .map(({ name, expression, column }) => ({
      name: name ?? unnamed(column),
      expression,
      columns: columnsRead(expression, names),
    }))
    .filter((check) => readTypeCheckName(check.name, columns) === undefined)
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

/** The checks that are lists, those that stand for an enum type too. */
export function labelLists(parsed: ParsedTable, columns: readonly TableColumn[]): LabelList[] {
  const names = columns.map((column) => column.name)
  return parsed.checks.flatMap(
    ({ name, expression }) =>
      labelListOf({ expression, columns: columnsRead(expression, names) }, name) ?? [],
  )
}

function hasTriggers(connection: Connection, liveName: string): boolean {
  return (
    connection.get(`select 1 from sqlite_master where type = 'trigger' and tbl_name = ?`, [liveName]) !==
    undefined
  )
}

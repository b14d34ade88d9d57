import type { TargetTable } from '../table.js'
import { quoteName } from './quote.js'
import { columnsOf, storeRow } from './stored-row.js'
import { readFrom, storeInSql, type Stored } from './stored-value.js'
import type { Row } from './connection.js'

/** The condition that a row is the one whose key is bound, as `storeRowKey` makes it: `"id" = ?`. */
export function isRow(table: TargetTable): string {
  return table.rowKey.map((column) => `${quoteName(column)} = ?`).join(' and ')
}

/** The condition that `alias` is the row whose key an expression of the ledger holds. */
export function isRowOf(table: TargetTable, alias: string, text: string): string {
  const parts = columnsOf(table, table.rowKey).map((column, at) => {
    const part = table.rowKey.length === 1 ? text : `(${text} ->> ${at})`
    return `${alias}.${quoteName(column.name)} = ${storeInSql(column, part)}`
  })
  return parts.join(' and ')
}

/** What is bound for a row key. */
export function storeRowKey(table: TargetTable): (rowKey: string) => Stored[] {
  const store = storeRow(table, table.rowKey)
  return table.rowKey.length === 1
    ? (rowKey) => store([rowKey])
    : (rowKey) => store(JSON.parse(rowKey) as (string | null)[])
}

/** The columns of the row key, as they are selected for `readRowKey`. */
export function selectRowKey(table: TargetTable): string {
  return table.rowKey.map(quoteName).join(', ')
}

/** The row key in the first columns of an answer: one column as its canonical text, several as a JSON array of them. */
export function readRowKey(table: TargetTable): (row: Row) => string {
  const [first, ...others] = columnsOf(table, table.rowKey).map(readFrom)
  if (first === undefined || others.length === 0) return (row) => first?.(row[0]) ?? ''
  return (row) => JSON.stringify([first, ...others].map((read, at) => read(row[at])))
}

/** The row key that a record's own values make, `undefined` when the database makes a part of it. */
export function givenRowKey(
  table: TargetTable,
  columns: readonly string[],
): (values: readonly (string | null)[]) => string | undefined {
  const places = table.rowKey.map((column) => columns.indexOf(column))
  return (values) => {
    const parts = places.map((place) => values[place] ?? null)
    if (parts.includes(null)) return undefined
    return parts.length === 1 ? (parts[0] ?? undefined) : JSON.stringify(parts)
  }
}

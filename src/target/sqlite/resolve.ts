import type { TargetTable } from '../table.js'
import type { Connection } from './connection.js'
import { quoteName } from './quote.js'
import { isRowOf, readRowKey, selectRowKey } from './row-key.js'
import { storeRow } from './stored-row.js'

/** Legacy key → row key, for those whose row exists. */
export function resolve(
  connection: Connection,
  pipeline: string,
  table: TargetTable,
  legacyKeys: readonly string[],
): Map<string, string> {
  const find = connection.reader(
    `select l.row_key
       from carryover_records l
       join ${table.sql} t on ${isRowOf(table, 't', 'l.row_key')}
      where l.pipeline = ? and l.legacy_key = ? and l.role <> 'deleted'`,
  )
  const found = new Map<string, string>()
  for (const legacyKey of legacyKeys) {
    const row = find([pipeline, legacyKey])
    if (row !== undefined) found.set(legacyKey, row[0] as string)
  }
  return found
}

/** Value of `column` → row key, for the values that exactly one row holds. */
export function resolveBy(
  connection: Connection,
  table: TargetTable,
  column: string,
  values: readonly string[],
): Map<string, string> {
  const sql = `select ${selectRowKey(table)} from ${table.sql} where ${quoteName(column)} = ? limit 2`
  const store = storeRow(table, [column])
  const keyOf = readRowKey(table)
  const found = new Map<string, string>()
  for (const value of values) {
    const [row, second] = connection.all(sql, store([value]))
    if (row !== undefined && second === undefined) found.set(value, keyOf(row))
  }
  return found
}

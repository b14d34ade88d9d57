import type { ResolvedRow } from '../batch.js'
import type { TableColumn, TargetTable } from '../table.js'
import type { Connection } from './connection.js'
import { quoteName } from './quote.js'
import { isRowOf, readRowKey, selectRowKey } from './row-key.js'
import { sameValue } from './same-value.js'
import { columnsOf, storeRow } from './stored-row.js'

/** Legacy key → row, for those whose row exists. */
export function resolve(
  connection: Connection,
  pipeline: string,
  table: TargetTable,
  legacyKeys: readonly string[],
): Map<string, ResolvedRow> {
  const find = connection.reader(
    `select l.row_key, l.role
       from carryover_records l
       join ${table.sql} t on ${isRowOf(table, 't', 'l.row_key')}
      where l.pipeline = ? and l.legacy_key = ? and l.role <> 'deleted'`,
  )
  const found = new Map<string, ResolvedRow>()
  for (const legacyKey of legacyKeys) {
    const row = find([pipeline, legacyKey])
    if (row !== undefined) found.set(legacyKey, { rowKey: row[0] as string, isAlias: row[1] === 'alias' })
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
  const store = storeRow(table, [column])
  const keyOf = readRowKey(table)
  const [{ type }] = columnsOf(table, [column]) as [TableColumn]
  const name = quoteName(column)
  // Numerics are text here, and `7` equals `7.0`: the rows of about this number are compared digit by digit.
  const equal = type.kind === 'numeric' ? `cast(${name} as real) = cast(? as real)` : `${name} = ? limit 2`
  const sql = `select ${selectRowKey(table)}, cast(${name} as text) from ${table.sql} where ${equal} `
  const found = new Map<string, string>()
  for (const value of values) {
    const rows = connection
      .all(sql, store([value]))
      .filter((row) => type.kind !== 'numeric' || sameValue(type, row.at(-1) as string, value))
    const [row, second] = rows
    if (row !== undefined && second === undefined) found.set(value, keyOf(row))
  }
  return found
}

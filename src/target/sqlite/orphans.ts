import type { ForeignKey, TargetTable } from '../table.js'
import type { Connection } from './connection.js'
import { quoteName } from './quote.js'
import { storeRow } from './stored-row.js'

/** Tells whether a record's values point at no parent; a null points at nobody and may. */
export function findOrphans(
  connection: Connection,
  table: TargetTable,
  key: ForeignKey,
  columns: readonly string[],
): (values: readonly (string | null)[]) => boolean {
  const places = key.columns.map((column) => columns.indexOf(column))
  const store = storeRow(table, key.columns)
  const equal = key.parentColumns.map((column) => `${quoteName(column)} = ?`)
  const find = connection.reader(`select 1 from ${key.parentSql} where ${equal.join(' and ')}`)
  return (values) => {
    const pointing = places.map((place) => values[place] ?? null)
    return !pointing.includes(null) && find(store(pointing)) === undefined
  }
}

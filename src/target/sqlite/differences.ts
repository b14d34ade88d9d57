import type { Difference, Staged, StagedRow } from '../batch.js'
import type { Connection } from './connection.js'
import { quoteName } from './quote.js'
import { isRow, storeRowKey } from './row-key.js'
import { sameValue } from './same-value.js'
import { columnsOf } from './stored-row.js'
import { storedText } from './stored-text.js'
import { readFrom } from './stored-value.js'

/** In which columns these rows differ from the records, text compared letter by letter. Rows that are equal do not appear. */
export function differences(
  connection: Connection,
  staged: Staged,
  rowKeys: ReadonlyMap<number, string>,
): Map<number, readonly Difference[]> {
  const found = new Map<number, readonly Difference[]>()
  const compare = comparer(connection, staged)
  for (const row of staged.rows) {
    const rowKey = rowKeys.get(row.ordinal)
    const differing = rowKey === undefined ? undefined : compare(row, rowKey)
    if (differing !== undefined && differing.length > 0) found.set(row.ordinal, differing)
  }
  return found
}

/** Ordinals of records whose row does not hold these values now, or is gone. */
export function reread(
  connection: Connection,
  staged: Staged,
  rowKeys: ReadonlyMap<number, string>,
): number[] {
  const compare = comparer(connection, staged)
  return staged.rows
    .filter((row) => {
      const rowKey = rowKeys.get(row.ordinal)
      return rowKey !== undefined && compare(row, rowKey)?.length !== 0
    })
    .map((row) => row.ordinal)
}

/** Answers the differences of one record and one row, `undefined` when the row is gone. */
function comparer(
  connection: Connection,
  { table, columns }: Staged,
): (row: StagedRow, rowKey: string) => Difference[] | undefined {
  const select = columns.length === 0 ? '1' : columns.map(quoteName).join(', ')
  const find = connection.reader(`select ${select} from ${table.sql} where ${isRow(table)}`)
  const bindKey = storeRowKey(table)
  const readers = columnsOf(table, columns).map((column) => ({ ...column, read: readFrom(column) }))
  return (row, rowKey) => {
    const held = find(bindKey(rowKey))
    return (
      held &&
      readers.flatMap(({ name, type, read }, at) => {
        const wanted = row.values[at] ?? null
        // Most values are what was written: only others are brought to their canonical text.
        if (held[at] === wanted) return []
        const current = read(held[at])
        return sameValue(type, current, wanted) ? [] : [{ column: name, current, seen: storedText(held[at]) }]
      })
    )
  }
}

import type { Write } from '../writes.js'
import type { TargetTable } from '../table.js'
import type { Connection } from './connection.js'
import { quoteName } from './quote.js'
import { isRow, storeRowKey } from './row-key.js'
import { storedText } from './stored-text.js'

/** Whether the row of a write still holds what was seen of it; a row that is gone has not moved. */
export function asSeenIn(connection: Connection, table: TargetTable): (write: Write) => boolean {
  const bindKey = storeRowKey(table)
  return ({ rowKey, seen }) => {
    if (rowKey === null || seen.size === 0) return true
    const columns = [...seen.keys()]
    const held = connection.get(
      `select ${columns.map(quoteName).join(', ')} from ${table.sql} where ${isRow(table)}`,
      bindKey(rowKey),
    )
    return held === undefined || columns.every((column, at) => storedText(held[at]) === seen.get(column))
  }
}

import type { Writer } from '../batch.js'
import type { TargetTable } from '../table.js'
import type { Connection } from './connection.js'
import { readRefusal } from './failure.js'
import { journalOf, readBefore, readEntriesOf, readEntry, restorable } from './journal.js'
import { recordsByRow } from './record-indexes.js'
import { isRow, storeRowKey } from './row-key.js'

/** Deletes rows with their entries, one by one; answers the rows that the database would not let go. */
export function remove(
  connection: Connection,
  writer: Writer,
  table: TargetTable,
  rowKeys: readonly string[],
  step: number,
): Set<string> {
  const { pipeline } = writer
  const bindKey = storeRowKey(table)
  const note = journalOf(connection, writer, table, step)
  const before = readBefore(connection, table)
  const entriesOf = readEntriesOf(connection)
  const deleteRow = connection.writer(`delete from ${table.sql} where ${isRow(table)}`)
  const forgetRow = connection.writer(`delete from ${recordsByRow} where pipeline = ? and row_key = ?`)
  const refused = new Set<string>()
  for (const rowKey of rowKeys) {
    connection.exec('savepoint carryover_remove')
    const row = before(rowKey, restorable(table))
    note({ legacyKey: null, action: 'delete', rowKey, before: row, entry: null })
    for (const [legacyKey, entry] of entriesOf(pipeline, rowKey))
      note({ legacyKey, action: 'link', rowKey, before: null, entry })
    if (attempt(connection, table, () => deleteRow(bindKey(rowKey)))) forgetRow([pipeline, rowKey])
    else {
      refused.add(rowKey)
      connection.exec('rollback to carryover_remove')
    }
    connection.exec('release carryover_remove')
  }
  return refused
}

/** False when no row was deleted: something points at it, or a trigger ignored the statement. */
function attempt(connection: Connection, table: TargetTable, work: () => number): boolean {
  try {
    return work() > 0
  } catch (error) {
    if (readRefusal(error, table) === undefined || !connection.inTransaction) throw error
    return false
  }
}

/** Deletes entries of the ledger and leaves their rows alone. */
export function forget(
  connection: Connection,
  writer: Writer,
  table: TargetTable,
  legacyKeys: readonly string[],
  step: number,
): void {
  const { pipeline } = writer
  const note = journalOf(connection, writer, table, step)
  const entryOf = readEntry(connection)
  const forgetKey = connection.writer('delete from carryover_records where pipeline = ? and legacy_key = ?')
  for (const legacyKey of legacyKeys) {
    const entry = entryOf(pipeline, legacyKey)
    if (entry === null) continue
    note({ legacyKey, action: 'link', rowKey: '', before: null, entry })
    forgetKey([pipeline, legacyKey])
  }
}

import type { Writer } from '../batch.js'
import { entryColumns } from '../entry-columns.js'
import type { TargetTable } from '../table.js'
import type { Connection, Row } from './connection.js'
import { quoteName } from './quote.js'
import { recordsByRow } from './record-indexes.js'
import { isRow, storeRowKey } from './row-key.js'
import { storedText } from './stored-text.js'

/** What is written over, as the journal keeps it. */
export interface JournalLine {
  /** Null for a row alone. */
  readonly legacyKey: string | null
  readonly action: 'insert' | 'update' | 'delete' | 'link'
  readonly rowKey: string
  /** As `readBefore` answers it. */
  readonly before: string | null
  /** As `readEntry` answers it. */
  readonly entry: string | null
}

/** Adds lines to the journal of a run. */
export function journalOf(
  connection: Connection,
  { pipeline, runId }: Writer,
  table: TargetTable,
  step: number,
): (line: JournalLine) => void {
  const add = connection.writer(
    `insert into carryover_journal (run_id, step, pipeline, legacy_key, action, target, row_key, before, entry)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return ({ legacyKey, action, rowKey, before, entry }) =>
    void add([runId, step, pipeline, legacyKey, action, table.name, rowKey, before, entry])
}

/** Reads what a row holds in these columns, as JSON of stored texts; null when the row is gone. */
export function readBefore(
  connection: Connection,
  table: TargetTable,
): (rowKey: string, columns: readonly string[]) => string | null {
  const bindKey = storeRowKey(table)
  return (rowKey, columns) => {
    const names = columns.length === 0 ? '1' : columns.map(quoteName).join(', ')
    const held = connection.get(`select ${names} from ${table.sql} where ${isRow(table)}`, bindKey(rowKey))
    return held === undefined
      ? null
      : JSON.stringify(Object.fromEntries(columns.map((column, at) => [column, storedText(held[at])])))
  }
}

/** The columns of a row that can be put back: not those that the database computes. */
export function restorable(table: TargetTable): string[] {
  return table.columns.filter((column) => !column.generated).map((column) => column.name)
}

/** Reads what the ledger has of a legacy key, as JSON; null for nothing. */
export function readEntry(connection: Connection): (pipeline: string, legacyKey: string) => string | null {
  const find = connection.reader(
    `select ${entryColumns.join(', ')} from carryover_records where pipeline = ? and legacy_key = ?`,
  )
  return (pipeline, legacyKey) => {
    const row = find([pipeline, legacyKey])
    return row === undefined ? null : entryJson(row)
  }
}

/** Reads the entries that point at a row: `[legacy key, entry as JSON]`. */
export function readEntriesOf(
  connection: Connection,
): (pipeline: string, rowKey: string) => [string, string][] {
  const sql = `select legacy_key, ${entryColumns.join(', ')} from ${recordsByRow} where pipeline = ? and row_key = ?`
  return (pipeline, rowKey) =>
    connection.all(sql, [pipeline, rowKey]).map((row) => [String(row[0]), entryJson(row.slice(1))])
}

/** The same names and kinds of values as Postgres' `to_jsonb` of an entry. */
function entryJson(row: Row): string {
  return JSON.stringify(
    Object.fromEntries(
      entryColumns.map((column, at) => {
        const value = row[at]
        return [column, column === 'made' ? value === 1n : typeof value === 'bigint' ? Number(value) : value]
      }),
    ),
  )
}

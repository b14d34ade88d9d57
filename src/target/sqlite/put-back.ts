import type { Failure } from '../writes.js'
import { entryColumns } from '../entry-columns.js'
import type { EntryText, HeldBefore } from '../history.js'
import type { TargetTable } from '../table.js'
import type { Connection } from './connection.js'
import { readRefusal } from './failure.js'
import { quoteName } from './quote.js'
import { isRow, storeRowKey } from './row-key.js'
import { fromStoredText } from './stored-text.js'

type Refused = Map<string, Failure['code']>

/** Gives columns of rows the values they had, row by row; answers those that SQLite refused. */
export function restoreRows(
  connection: Connection,
  table: TargetTable,
  rows: readonly HeldBefore[],
): Refused {
  const bindKey = storeRowKey(table)
  return attemptEach(connection, table, rows, ({ rowKey, values }) => {
    const columns = present(table, values)
    if (columns.length === 0) return 1
    return connection.run(
      `update ${table.sql} set ${columns.map((column) => `${quoteName(column)} = ?`).join(', ')} where ${isRow(table)}`,
      [...columns.map((column) => fromStoredText(values.get(column) ?? null)), ...bindKey(rowKey)],
    )
  })
}

/** Deletes rows, one by one; answers those that SQLite would not let go. */
export function deleteRows(connection: Connection, table: TargetTable, rowKeys: readonly string[]): Refused {
  const bindKey = storeRowKey(table)
  return attemptEach(
    connection,
    table,
    rowKeys.map((rowKey) => ({ rowKey })),
    ({ rowKey }) => connection.run(`delete from ${table.sql} where ${isRow(table)}`, bindKey(rowKey)),
  )
}

/** Inserts rows as they were, one by one; answers those that SQLite refused. */
export function insertRows(connection: Connection, table: TargetTable, rows: readonly HeldBefore[]): Refused {
  return attemptEach(connection, table, rows, ({ values }) => {
    const columns = present(table, values)
    return connection.run(
      `insert into ${table.sql} (${columns.map(quoteName).join(', ')}) values (${columns.map(() => '?').join(', ')})`,
      columns.map((column) => fromStoredText(values.get(column) ?? null)),
    )
  })
}

/** Gives legacy keys the entries they had; null: none. */
export function putEntries(
  connection: Connection,
  pipeline: string,
  entries: ReadonlyMap<string, EntryText | null>,
): void {
  const remove = connection.writer('delete from carryover_records where pipeline = ? and legacy_key = ?')
  const put = connection.writer(
    `insert or replace into carryover_records (pipeline, legacy_key, ${entryColumns.join(', ')})
     values (?, ?, ${entryColumns.map(() => '?').join(', ')})`,
  )
  for (const [legacyKey, entry] of entries) {
    if (entry === null) remove([pipeline, legacyKey])
    else {
      const parsed = JSON.parse(entry) as Record<
        (typeof entryColumns)[number],
        string | number | boolean | null
      >
      const values = entryColumns.map((column) => parsed[column])
      put([
        pipeline,
        legacyKey,
        ...values.map((value) => (typeof value === 'boolean' ? Number(value) : value)),
      ])
    }
  }
}

/** The columns that are still there: a migration may have dropped some. */
function present(table: TargetTable, values: HeldBefore['values']): string[] {
  return [...values.keys()].filter((name) =>
    table.columns.some((column) => column.name === name && !column.generated),
  )
}

/** A trigger may write more than the row: what is refused is taken back whole. */
function attemptEach<Item extends { rowKey: string }>(
  connection: Connection,
  table: TargetTable,
  items: readonly Item[],
  work: (item: Item) => number,
): Refused {
  const refused: Refused = new Map()
  for (const item of items) {
    connection.exec('savepoint carryover_undo')
    try {
      if (work(item) === 0) refused.set(item.rowKey, 'database')
    } catch (error) {
      const refusal = readRefusal(error, table)
      if (refusal === undefined || !connection.inTransaction) throw error
      refused.set(item.rowKey, refusal.code)
      connection.exec('rollback to carryover_undo')
    }
    connection.exec('release carryover_undo')
  }
  return refused
}

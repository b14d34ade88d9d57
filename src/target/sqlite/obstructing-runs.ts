import type { HeldBefore } from '../history.js'
import type { TargetTable } from '../table.js'
import type { Connection, Row } from './connection.js'
import { readBefore } from './journal.js'
import { probe } from './probe.js'
import { quoteText } from './quote.js'
import { fromStoredText } from './stored-text.js'

/** The runs that wrote the rows which hold unique values of these by now, or that deleted what these point at. */
export function obstructingRuns(
  connection: Connection,
  table: TargetTable,
  rows: readonly HeldBefore[],
): number[] {
  const whole = wholeRows(connection, table, rows)
  return [
    ...new Set([...holdingRuns(connection, table, rows, whole), ...deletingRuns(connection, table, whole)]),
  ]
}

/** As the journal has it: texts that tell their storage class. */
type WholeRow = Readonly<Record<string, string | null>>

/** What the rows are to hold in the columns of keys; where nothing is to change, what they hold. */
function wholeRows(connection: Connection, table: TargetTable, rows: readonly HeldBefore[]): WholeRow[] {
  const columns = [...table.uniqueKeys, ...table.foreignKeys].flatMap((key) => key.columns)
  const before = readBefore(connection, table)
  return rows.map(({ rowKey, values }) => ({
    ...(JSON.parse(before(rowKey, [...new Set(columns)]) ?? '{}') as WholeRow),
    ...Object.fromEntries(values),
  }))
}

function holdingRuns(
  connection: Connection,
  table: TargetTable,
  rows: readonly HeldBefore[],
  whole: readonly WholeRow[],
): number[] {
  const columns = [...new Set(table.uniqueKeys.flatMap((key) => key.columns))]
  const staged = whole.map((row, ordinal) => ({
    ordinal,
    values: columns.map((column) => plainText(row[column] ?? null)),
  }))
  const keys = table.uniqueKeys.map(({ name }) => name)
  const { hits } = probe(connection, true, '', keys, { table, columns, rows: staged })
  const holders = hits.filter(({ ordinal, rowKey }) => rows[ordinal]?.rowKey !== rowKey)
  const writers = `select run_id from carryover_records where target = ? and row_key = ?`
  return holders.flatMap(({ rowKey }) => runsOf(connection.all(writers, [table.name, rowKey])))
}

function deletingRuns(connection: Connection, table: TargetTable, whole: readonly WholeRow[]): number[] {
  return table.foreignKeys.flatMap(({ parent, columns, parentColumns }) => {
    const equal = parentColumns.map((name) => `before ->> ${quoteText(name)} = ?`)
    // A table of another schema stands under one name here: `billing.users` as `billing_users`.
    const deletions = `select distinct run_id from carryover_journal
        where replace(target, '.', '_') = replace(?, '.', '_') and action = 'delete' and ${equal.join(' and ')}`
    return whole.flatMap((row) =>
      runsOf(connection.all(deletions, [parent, ...columns.map((column) => row[column] ?? null)])),
    )
  })
}

function runsOf(rows: readonly Row[]): number[] {
  return rows.map((row) => Number(row[0]))
}

function plainText(text: string | null): string | null {
  const value = fromStoredText(text)
  return value === null || Buffer.isBuffer(value) ? null : String(value)
}

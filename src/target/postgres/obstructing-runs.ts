import type { HeldBefore } from '../history.js'
import type { TargetTable } from '../table.js'
import { rowJson } from './journal.js'
import { probe } from './probe.js'
import { recordsRelation } from './records-relation.js'
import { isRow } from './row-key.js'
import type { Session } from './session.js'
import { textArray } from './text-array.js'

/** The runs that wrote the rows which hold unique values of these by now, or that deleted what these point at. */
export async function obstructingRuns(
  session: Session,
  table: TargetTable,
  rows: readonly HeldBefore[],
): Promise<number[]> {
  const whole = await wholeRows(session, table, rows)
  const found = [
    ...(await holdingRuns(session, table, rows, whole)),
    ...(await deletingRuns(session, table, whole)),
  ]
  return [...new Set(found)]
}

type WholeRow = Readonly<Record<string, string | null>>

/** What the rows are to hold in the columns of keys; where nothing is to change, what they hold. */
async function wholeRows(
  session: Session,
  table: TargetTable,
  rows: readonly HeldBefore[],
): Promise<WholeRow[]> {
  const columns = [...table.uniqueKeys, ...table.foreignKeys].flatMap((key) => key.columns)
  const answers = await session.query(
    `select q.row_key, (${rowJson([...new Set(columns)], 't')})::text as held
       from unnest($1::text[]) as q(row_key)
       join ${table.sql} t on ${isRow(table, 't', 'q.row_key')}`,
    [textArray(rows.map(({ rowKey }) => rowKey))],
  )
  const held = new Map(answers.map((row) => [row['row_key'], JSON.parse(row['held'] ?? '{}') as WholeRow]))
  return rows.map(({ rowKey, values }) => ({ ...held.get(rowKey), ...Object.fromEntries(values) }))
}

async function holdingRuns(
  session: Session,
  table: TargetTable,
  rows: readonly HeldBefore[],
  whole: readonly WholeRow[],
): Promise<number[]> {
  const columns = [...new Set(table.uniqueKeys.flatMap((key) => key.columns))]
  const staged = whole.map((row, ordinal) => ({
    ordinal,
    values: columns.map((column) => row[column] ?? null),
  }))
  const keys = table.uniqueKeys.map(({ name }) => name)
  const { hits } = await probe(session, recordsRelation(true), '', keys, { table, columns, rows: staged })
  const holders = hits.filter(({ ordinal, rowKey }) => rows[ordinal]?.rowKey !== rowKey)
  const runs = await session.query(
    'select distinct run_id::text as run from carryover.records where target = $1 and row_key = any ($2::text[])',
    [table.name, textArray(holders.map(({ rowKey }) => rowKey))],
  )
  return runs.map((row) => Number(row['run']))
}

async function deletingRuns(
  session: Session,
  table: TargetTable,
  whole: readonly WholeRow[],
): Promise<number[]> {
  const found: number[] = []
  for (const { parent, columns, parentColumns } of table.foreignKeys) {
    const parents = whole.map((row) =>
      JSON.stringify(
        Object.fromEntries(parentColumns.map((name, at) => [name, row[columns[at] as string] ?? null])),
      ),
    )
    const runs = await session.query(
      `select distinct j.run_id::text as run
         from unnest($2::text[]) as q(parent)
         join carryover.journal j on j.before @> q.parent::jsonb
        where j.target = $1 and j.action = 'delete'`,
      [parent, textArray(parents)],
    )
    found.push(...runs.map((row) => Number(row['run'])))
  }
  return found
}

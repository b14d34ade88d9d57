import type { EntryCounts } from '../target.js'
import type { TargetTable } from '../table.js'
import { quoteName } from './quote.js'
import { isRow } from './row-key.js'
import type { Session } from './session.js'

/** How many entries of a pipeline must have a row, and how many have one. */
export async function countEntries(
  session: Session,
  records: string,
  pipeline: string,
  table: TargetTable,
  runId: number | undefined,
): Promise<EntryCounts> {
  const rows = await session.query(
    `select count(*)::text as entries, count(t.${quoteName(table.rowKey[0] as string)})::text as rows
       from ${records} l
       left join ${table.sql} t on ${isRow(table, 't', 'l.row_key')}
      where l.pipeline = $1 and l.role <> 'deleted' and ($2::bigint is null or l.run_id = $2::bigint)`,
    [pipeline, runId ?? null],
  )
  return { entries: Number(rows[0]?.['entries']), rows: Number(rows[0]?.['rows']) }
}

/** Rows of a pipeline whose `column` points at no row of `parent`. */
export async function countDangling(
  session: Session,
  records: string,
  pipeline: string,
  table: TargetTable,
  column: string,
  parent: TargetTable,
): Promise<number> {
  const name = quoteName(column)
  const key = quoteName(parent.rowKey[0] as string)
  const rows = await session.query(
    `select count(*)::text as dangling
       from ${records} l
       join ${table.sql} t on ${isRow(table, 't', 'l.row_key')}
       left join ${parent.sql} p on p.${key} = t.${name}
      where l.pipeline = $1 and l.role in ('owner', 'stub') and t.${name} is not null and p.${key} is null`,
    [pipeline],
  )
  return Number(rows[0]?.['dangling'])
}

import type { EntryCounts } from '../target.js'
import type { TargetTable } from '../table.js'
import type { Connection } from './connection.js'
import { quoteName } from './quote.js'
import { isRowOf } from './row-key.js'

/** How many entries of a pipeline, or of one run of it, must have a row, and how many have one. */
export function countEntries(
  connection: Connection,
  pipeline: string,
  table: TargetTable,
  runId: number | undefined,
): EntryCounts {
  const row = connection.get(
    `select count(*), count(t.${quoteName(table.rowKey[0] as string)})
       from carryover_records l
       left join ${table.sql} t on ${isRowOf(table, 't', 'l.row_key')}
      where l.pipeline = ? and l.role <> 'deleted' and l.run_id = coalesce(?, l.run_id)`,
    [pipeline, runId ?? null],
  )
  return { entries: Number(row?.[0]), rows: Number(row?.[1]) }
}

/** Rows of a pipeline whose `column` points at no row of `parent`. */
export function countDangling(
  connection: Connection,
  pipeline: string,
  table: TargetTable,
  column: string,
  parent: TargetTable,
): number {
  const key = quoteName(parent.rowKey[0] as string)
  const row = connection.get(
    `select count(*)
       from carryover_records l
       join ${table.sql} t on ${isRowOf(table, 't', 'l.row_key')}
      where l.pipeline = ? and l.role in ('owner', 'stub') and t.${quoteName(column)} is not null
        and not exists (select 1 from ${parent.sql} p where p.${key} = t.${quoteName(column)})`,
    [pipeline],
  )
  return Number(row?.[0])
}

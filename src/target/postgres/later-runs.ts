import type { Referrer, TargetTable } from '../table.js'
import { quoteName } from './quote.js'
import { isRow } from './row-key.js'
import type { Session } from './session.js'
import { textArray } from './text-array.js'

/** Later runs, none of them taken back, that wrote on a row or an entry which one of these runs wrote. */
export async function laterRuns(session: Session, runIds: readonly number[]): Promise<number[]> {
  // The ledger is compared with itself, whole: the settings of a batch are for stages of a few rows.
  await session.query('set local enable_hashjoin = on; set local enable_seqscan = on')
  const rows = await session.query(
    `with lines as materialized (
       select run_id, target, row_key, pipeline, legacy_key, entry ->> 'target' as old_target, entry ->> 'row_key' as old_row_key,
              (entry ->> 'run_id')::bigint as old_run_id
         from carryover.journal where run_id >= $2::bigint),
     entries as materialized (
       select run_id, target, row_key, pipeline, legacy_key from carryover.records where run_id >= $2::bigint),
     -- Of an entry that was written over since, only the later line knows who wrote it.
     rows as materialized (
       select run_id, target, row_key from lines where run_id = any ($1::bigint[])
       union
       select run_id, target, row_key from entries where run_id = any ($1::bigint[])
       union
       select old_run_id, old_target, old_row_key from lines where old_run_id = any ($1::bigint[])),
     keys as materialized (
       select run_id, pipeline, legacy_key from lines where run_id = any ($1::bigint[])
       union
       select old_run_id, pipeline, legacy_key from lines where old_run_id = any ($1::bigint[])),
     later as materialized (
       select run_id, target, row_key, pipeline, legacy_key from lines where run_id > $2::bigint
       union all
       select run_id, target, row_key, pipeline, legacy_key from entries where run_id > $2::bigint),
     built as (
       select l.run_id from later l join rows t on l.target = t.target and l.row_key = t.row_key and l.run_id > t.run_id
       union
       select l.run_id from later l join keys k on l.pipeline = k.pipeline and l.legacy_key = k.legacy_key and l.run_id > k.run_id)
     select b.run_id::text as id
       from built b
       join carryover.runs u on u.id = b.run_id and u.undone_by is null
      where b.run_id <> all ($1::bigint[])
      order by b.run_id`,
    [`{${runIds.join(',')}}`, Math.min(...runIds)],
  )
  await session.query('set local enable_hashjoin = off; set local enable_seqscan = off')
  return rows.map((row) => Number(row['id']))
}

/** The runs that wrote the rows which point at these last. */
export async function pointingRuns(
  session: Session,
  table: TargetTable,
  rowKeys: readonly string[],
): Promise<number[]> {
  const runIds = new Set<number>()
  for (const referrer of table.referrers.filter((one) => one.rowKey.length > 0)) {
    const rows = await session.query(pointingSql(table, referrer), [textArray(rowKeys), referrer.table])
    for (const row of rows) runIds.add(Number(row['run']))
  }
  return [...runIds]
}

function pointingSql(table: TargetTable, { sql, columns, referred, rowKey }: Referrer): string {
  const equal = columns.map((column, at) => `c.${quoteName(column)} = t.${quoteName(referred[at] as string)}`)
  const parts = rowKey.map((column) => `c.${quoteName(column)}::text`)
  const key = parts.length === 1 ? parts[0] : `array_to_json(array[${parts.join(', ')}])::text`
  return `select distinct r.run_id::text as run
            from unnest($1::text[]) as q(row_key)
            join ${table.sql} t on ${isRow(table, 't', 'q.row_key')}
            join ${sql} c on ${equal.join(' and ')}
            join carryover.records r on r.target = $2 and r.row_key = ${key}`
}

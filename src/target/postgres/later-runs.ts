import type { Session } from './session.js'

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

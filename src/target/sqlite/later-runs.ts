import type { Connection } from './connection.js'

/** Later runs, none of them taken back, that wrote on a row or an entry which one of these runs wrote. */
export function laterRuns(connection: Connection, runIds: readonly number[]): number[] {
  const rows = connection.all(
    `with undone as (select value as id from json_each(?)),
     lines as materialized (
       select run_id, target, row_key, pipeline, legacy_key, entry ->> 'target' as old_target, entry ->> 'row_key' as old_row_key,
              entry ->> 'run_id' as old_run_id
         from carryover_journal where run_id >= (select min(id) from undone)),
     entries as materialized (
       select run_id, target, row_key, pipeline, legacy_key
         from carryover_records where run_id >= (select min(id) from undone)),
     -- Of an entry that was written over since, only the later line knows who wrote it.
     rows as materialized (
       select run_id, target, row_key from lines where run_id in (select id from undone)
       union
       select run_id, target, row_key from entries where run_id in (select id from undone)
       union
       select old_run_id, old_target, old_row_key from lines where old_run_id in (select id from undone)),
     keys as materialized (
       select run_id, pipeline, legacy_key from lines where run_id in (select id from undone)
       union
       select old_run_id, pipeline, legacy_key from lines where old_run_id in (select id from undone)),
     later as materialized (
       select run_id, target, row_key, pipeline, legacy_key from lines
       union all
       select run_id, target, row_key, pipeline, legacy_key from entries),
     built as (
       select l.run_id from later l join rows t on l.target = t.target and l.row_key = t.row_key and l.run_id > t.run_id
       union
       select l.run_id from later l join keys k on l.pipeline = k.pipeline and l.legacy_key = k.legacy_key and l.run_id > k.run_id)
     select b.run_id
       from built b
       join carryover_runs u on u.id = b.run_id and u.undone_by is null
      where b.run_id not in (select id from undone)
      order by 1`,
    [JSON.stringify(runIds)],
  )
  return rows.map((row) => Number(row[0]))
}

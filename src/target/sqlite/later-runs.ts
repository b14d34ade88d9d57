import type { Referrer, TargetTable } from '../table.js'
import type { Connection } from './connection.js'
import { quoteName } from './quote.js'
import { isRow, storeRowKey } from './row-key.js'

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

/** The runs that wrote the rows which point at these last. */
export function pointingRuns(
  connection: Connection,
  table: TargetTable,
  rowKeys: readonly string[],
): number[] {
  const bindKey = storeRowKey(table)
  const runIds = new Set<number>()
  for (const referrer of table.referrers.filter((one) => one.rowKey.length > 0)) {
    const find = connection.reader(pointingSql(table, referrer))
    for (const rowKey of rowKeys) {
      const found = find([...bindKey(rowKey), referrer.table])
      if (found !== undefined && found[0] !== null) runIds.add(Number(found[0]))
    }
  }
  return [...runIds]
}

function pointingSql(table: TargetTable, { sql, columns, referred, rowKey }: Referrer): string {
  const equal = columns.map((column, at) => `c.${quoteName(column)} = t.${quoteName(referred[at] as string)}`)
  const parts = rowKey.map((column) => `cast(c.${quoteName(column)} as text)`)
  const key = parts.length === 1 ? parts[0] : `json_array(${parts.join(', ')})`
  // A table of another schema stands under one name here: `billing.users` as `billing_users`.
  return `select max(r.run_id)
            from (select * from ${table.sql} where ${isRow(table)}) t
            join ${sql} c on ${equal.join(' and ')}
            join carryover_records r on replace(r.target, '.', '_') = ? and r.row_key = ${key}`
}

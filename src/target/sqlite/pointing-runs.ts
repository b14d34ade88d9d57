import type { Referrer, TargetTable } from '../table.js'
import type { Connection } from './connection.js'
import { pointsAt, referrerKey } from './points-at.js'
import { isRow, storeRowKey } from './row-key.js'

/** The runs that wrote the rows which point at these last. */
export function pointingRuns(
  connection: Connection,
  table: TargetTable,
  rowKeys: readonly string[],
): number[] {
  const bindKey = storeRowKey(table)
  const runIds = new Set<number>()
  for (const referrer of table.referrers.filter((one) => one.rowKey.length > 0)) {
    const sql = pointingSql(table, referrer)
    for (const rowKey of rowKeys)
      for (const [runId] of connection.all(sql, [...bindKey(rowKey), referrer.table]))
        runIds.add(Number(runId))
  }
  return [...runIds]
}

function pointingSql(table: TargetTable, referrer: Referrer): string {
  // A table of another schema stands under one name here: `billing.users` as `billing_users`.
  return `select distinct r.run_id
            from (select * from ${table.sql} where ${isRow(table)}) t
            join ${referrer.sql} c on ${pointsAt(referrer).join(' and ')}
            join carryover_records r on replace(r.target, '.', '_') = ? and r.row_key = ${referrerKey(referrer)}`
}

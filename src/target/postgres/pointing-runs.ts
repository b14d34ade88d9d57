import type { Referrer, TargetTable } from '../table.js'
import { pointsAt, referrerKey } from './points-at.js'
import { isRow } from './row-key.js'
import type { Session } from './session.js'
import { textArray } from './text-array.js'

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

function pointingSql(table: TargetTable, referrer: Referrer): string {
  return `select distinct r.run_id::text as run
            from unnest($1::text[]) as q(row_key)
            join ${table.sql} t on ${isRow(table, 't', 'q.row_key')}
            join ${referrer.sql} c on ${pointsAt(referrer).join(' and ')}
            join carryover.records r on r.target = $2 and r.row_key = ${referrerKey(referrer)}`
}

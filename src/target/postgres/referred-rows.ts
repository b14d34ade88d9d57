import type { GoneRows } from '../batch.js'
import type { Referrer, TargetTable } from '../table.js'
import { pointsAt, referrerKey } from './points-at.js'
import { isRow } from './row-key.js'
import type { Session } from './session.js'
import { textArray } from './text-array.js'

/** Which of these rows another row points at. A row that points at itself does not count. */
export async function referredRows(
  session: Session,
  table: TargetTable,
  rowKeys: readonly string[],
  gone: GoneRows,
): Promise<Set<string>> {
  if (table.referrers.length === 0 || rowKeys.length === 0) return new Set()
  const params: unknown[] = [textArray(rowKeys)]
  const conditions = table.referrers.map((referrer) => {
    const equal = pointsAt(referrer)
    if (referrer.table === table.name) equal.push('c.ctid <> t.ctid')
    const left = gone.get(referrer.table)
    if (left !== undefined && left.size > 0 && referrer.rowKey.length > 0) {
      params.push(textArray([...left]))
      equal.push(`${referrerKey(referrer)} <> all ($${params.length}::text[])`)
    }
    return `exists (select 1 from ${referrer.sql} c where ${equal.join(' and ')})`
  })
  const rows = await session.query(
    `select q.row_key
       from unnest($1::text[]) as q(row_key)
       join ${table.sql} t on ${isRow(table, 't', 'q.row_key')}
      where ${conditions.join(' or ')}`,
    params,
  )
  return new Set(rows.map((row) => row['row_key'] as string))
}

/** The rows that point at these by one foreign key, in the order of their own keys' bytes. */
export async function pointingRows(
  session: Session,
  table: TargetTable,
  referrer: Referrer,
  asked: ReadonlyMap<string, string | null>,
  limit: number,
): Promise<Map<string, string[]>> {
  const key = `${referrerKey(referrer)} collate "C"`
  const rows = await session.query(
    `select q.row_key, p.key
       from unnest($1::text[], $2::text[]) as q(row_key, after)
       join ${table.sql} t on ${isRow(table, 't', 'q.row_key')}
      cross join lateral (select ${key} as key from ${referrer.sql} c
                           where ${pointsAt(referrer).join(' and ')} and (q.after is null or ${key} > q.after)
                           order by 1 limit $3::int) p
      order by q.row_key, p.key`,
    [textArray([...asked.keys()]), textArray([...asked.values()]), limit],
  )
  const found = new Map<string, string[]>([...asked.keys()].map((rowKey) => [rowKey, []]))
  for (const row of rows) found.get(row['row_key'] as string)?.push(row['key'] as string)
  return found
}

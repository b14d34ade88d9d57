import type { GoneRows } from '../batch.js'
import type { Referrer, TargetTable } from '../table.js'
import type { Connection } from './connection.js'
import { pointsAt, referrerKey } from './points-at.js'
import { quoteName } from './quote.js'
import { isRow, storeRowKey } from './row-key.js'

/** Which of these rows another row points at. A row that points at itself does not count. */
export function referredRows(
  connection: Connection,
  table: TargetTable,
  rowKeys: readonly string[],
  gone: GoneRows,
): Set<string> {
  const bindKey = storeRowKey(table)
  const found = new Set<string>()
  // A table of another schema stands under one name here: `billing.users` as `billing_users`.
  const live = new Map([...gone].map(([name, keys]) => [name.replace('.', '_'), keys]))
  for (const referrer of table.referrers) {
    const left = [...(live.get(referrer.table) ?? [])]
    const sql = pointingSql(table, referrer, left.length > 0)
    for (const rowKey of rowKeys) {
      if (found.has(rowKey)) continue
      const params = left.length > 0 ? [...bindKey(rowKey), JSON.stringify(left)] : bindKey(rowKey)
      if (connection.get(sql, params) !== undefined) found.add(rowKey)
    }
  }
  return found
}

/** The rows that point at these by one foreign key, in the order of their own keys' bytes. */
export function pointingRows(
  connection: Connection,
  table: TargetTable,
  referrer: Referrer,
  asked: ReadonlyMap<string, string | null>,
  limit: number,
): Map<string, string[]> {
  const bindKey = storeRowKey(table)
  const key = referrerKey(referrer)
  const sql = `select ${key} as key from (select * from ${table.sql} where ${isRow(table)}) t
                 join ${referrer.sql} c on ${pointsAt(referrer).join(' and ')}
                where ? is null or ${key} > ? order by 1 limit ?`
  return new Map(
    [...asked].map(([rowKey, after]) => [
      rowKey,
      connection.all(sql, [...bindKey(rowKey), after, after, limit]).map((row) => row[0] as string),
    ]),
  )
}

function pointingSql(table: TargetTable, referrer: Referrer, hasGone: boolean): string {
  const conditions = pointsAt(referrer)
  if (referrer.sql === table.sql) {
    const same = table.rowKey.map((column) => `c.${quoteName(column)} = t.${quoteName(column)}`)
    conditions.push(`not (${same.join(' and ')})`)
  }
  if (hasGone && referrer.rowKey.length > 0) {
    conditions.push(`${referrerKey(referrer)} not in (select value from json_each(?))`)
  }
  return `select 1 from (select * from ${table.sql} where ${isRow(table)}) t
            join ${referrer.sql} c on ${conditions.join(' and ')} limit 1`
}

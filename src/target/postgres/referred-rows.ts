import type { GoneRows } from '../batch.js'
import type { Referrer, TargetTable } from '../table.js'
import { quoteName } from './quote.js'
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
  const pointing = table.referrers.map((referrer) => {
    const equal = referrer.columns.map(
      (column, index) => `c.${quoteName(column)} = t.${quoteName(referrer.referred[index] as string)}`,
    )
    if (referrer.table === table.name) equal.push('c.ctid <> t.ctid')
    const left = gone.get(referrer.table)
    if (left !== undefined && left.size > 0 && referrer.rowKey.length > 0) {
      params.push(textArray(left))
      equal.push(`${keyText(referrer)} <> all ($${params.length}::text[])`)
    }
    return `exists (select 1 from ${referrer.sql} c where ${equal.join(' and ')})`
  })
  const rows = await session.query(
    `select q.row_key
       from unnest($1::text[]) as q(row_key)
       join ${table.sql} t on ${isRow(table, 't', 'q.row_key')}
      where ${pointing.join(' or ')}`,
    params,
  )
  return new Set(rows.map((row) => row['row_key'] as string))
}

function keyText({ rowKey }: Referrer): string {
  const columns = rowKey.map((column) => `c.${quoteName(column)}::text`)
  return columns.length === 1 ? (columns[0] as string) : `array_to_json(array[${columns.join(', ')}])::text`
}

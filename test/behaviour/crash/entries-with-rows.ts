import type { CrashDatabase } from './crash-database.js'

/** Of each pipeline, its children included, how many entries of the ledger have their row: counted without the tool's own statements. */
export async function entriesWithRows(database: CrashDatabase): Promise<Record<string, number>> {
  const rows: Record<string, Set<string>> = {}
  for (const table of ['teams', 'people', 'badges', 'orders', 'order_lines'])
    rows[table] = new Set((await database.query(`select id from ${table}`)).map(({ id }) => String(id)))
  const tags = await database.query('select order_id, tag from order_tags')
  rows['order_tags'] = new Set(tags.map((row) => JSON.stringify([String(row['order_id']), row['tag']])))

  const counts: Record<string, number> = { teams: 0, people: 0, badges: 0, orders: 0 }
  const entries = await database.query(
    `select pipeline, target, row_key from ${database.ledger('records')} where role <> 'deleted'`,
  )
  for (const { pipeline, target, row_key: rowKey } of entries) {
    const family = String(pipeline).split('/')[0] as string
    const table = String(target).split('.').at(-1) as string
    if (rows[table]?.has(String(rowKey)) === true) counts[family] = (counts[family] ?? 0) + 1
  }
  return counts
}

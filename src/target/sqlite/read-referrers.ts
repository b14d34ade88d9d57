import type { Referrer } from '../table.js'
import type { Connection } from './connection.js'
import { quoteName } from './quote.js'

/** The foreign keys of all tables that point at this one. */
export function readReferrers(connection: Connection, liveName: string): Referrer[] {
  const rows = connection.all(
    `select t.name, k.id, k."from",
            coalesce(k."to", (select p.name from pragma_table_info(k."table") p where p.pk = k.seq + 1))
       from sqlite_master t, pragma_foreign_key_list(t.name) k
      where t.type = 'table' and lower(k."table") = lower(?)
      order by t.name, k.id, k.seq`,
    [liveName],
  )
  const nameOf = (row: readonly unknown[]) => `${row[0] as string} ${String(row[1])}`
  return [...new Set(rows.map(nameOf))].map((name) => {
    const group = rows.filter((row) => nameOf(row) === name)
    const table = group[0]?.[0] as string
    const rowKey = connection.all('select name from pragma_table_info(?) where pk > 0 order by pk', [table])
    return {
      table,
      sql: quoteName(table),
      columns: group.map((row) => row[2] as string),
      referred: group.map((row) => row[3] as string),
      rowKey: rowKey.map((row) => row[0] as string),
    }
  })
}

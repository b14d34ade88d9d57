import type { ForeignKey } from '../table.js'
import type { Connection } from './connection.js'
import type { DeclaredTable } from './declared-table.js'
import type { ParsedTable } from './parse-create-table.js'
import { quoteName } from './quote.js'

/** Every foreign key of a live table, by name. */
export function readForeignKeys(
  connection: Connection,
  declared: DeclaredTable,
  parsed: ParsedTable,
): ForeignKey[] {
  const rows = connection.all(
    `select k.id, k."table", k."from",
            coalesce(k."to", (select p.name from pragma_table_info(k."table") p where p.pk = k.seq + 1))
       from pragma_foreign_key_list(?) k
      order by k.id, k.seq`,
    [declared.liveName],
  )
  const ids = [...new Set(rows.map((row) => row[0]))]
  const keys = ids.map((id) => {
    const group = rows.filter((row) => row[0] === id)
    const columns = group.map((row) => row[2] as string)
    const live = group[0]?.[1] as string
    const name = nameOf(parsed, columns) ?? `${declared.liveName}_${columns.join('_')}_fkey`
    return {
      name,
      columns,
      parent: declared.parents.get(name) ?? live,
      parentSql: quoteName(live),
      parentColumns: group.map((row) => row[3] as string),
      // Only for connections that ask for it, as ours does: other programs may have left rows that point at nobody.
      enforced: false,
    }
  })
  return keys.toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

/** No pragma tells a foreign key's name, but the table's text does. */
function nameOf(parsed: ParsedTable, columns: readonly string[]): string | undefined {
  const written = columns.join('\n').toLowerCase()
  return parsed.foreignKeys.find((key) => key.columns.join('\n').toLowerCase() === written)?.name
}

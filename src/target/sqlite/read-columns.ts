import type { SequenceColumn, TableColumn } from '../table.js'
import type { Connection } from './connection.js'
import { storageOf, storedType, type DeclaredTable } from './declared-table.js'
import type { ParsedTable } from './parse-create-table.js'

/** The columns of a live table in their order; types come from the schema file, which knows more than SQLite keeps. */
export function readColumns(
  connection: Connection,
  declared: DeclaredTable,
  parsed: ParsedTable,
): TableColumn[] {
  const rows = connection.all(
    `select name, type, "notnull", dflt_value, pk, hidden from pragma_table_xinfo(?) where hidden <> 1 order by cid`,
    [declared.liveName],
  )
  const keyColumns = rows.filter((row) => row[4] !== 0n).length
  return rows.map((row) => {
    const [name, type, defaultSql] = [row[0], row[1], row[3]] as [string, string, string | null]
    const known = declared.columns.get(name)
    const collation = parsed.collations.get(name.toLowerCase())
    // An `integer primary key` is the row's own number: SQLite draws it.
    const isRowNumber = keyColumns === 1 && row[4] === 1n && type.toLowerCase() === 'integer'
    return {
      name,
      property: known?.property,
      type: known?.type ?? storedType(type),
      cast: [storageOf(type), ...(collation === undefined ? [] : ['collate', collation])].join(' '),
      nullable: row[2] === 0n && row[4] === 0n,
      defaultSql: isRowNumber ? 'autoincrement' : (defaultSql ?? undefined),
      generated: row[5] !== 0n,
      identity: isRowNumber ? (declared.isTwin ? known?.identity : 'by default') : undefined,
      foldsCase: collation === 'nocase',
    }
  })
}

/** The column of an `autoincrement` key, with the name under which `sqlite_sequence` counts for it. */
export function sequenceColumns(declared: DeclaredTable, parsed: ParsedTable): SequenceColumn[] {
  const [column] = parsed.primaryKey?.autoincrement === true ? parsed.primaryKey.columns : []
  return column === undefined ? [] : [{ column, sequence: declared.liveName }]
}

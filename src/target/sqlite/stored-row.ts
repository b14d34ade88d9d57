import type { TableColumn, TargetTable } from '../table.js'
import { quoteName } from './quote.js'
import { storeIn, type Stored } from './stored-value.js'

/** The columns of these names, in their order. */
export function columnsOf(table: TargetTable, names: readonly string[]): TableColumn[] {
  const byName = new Map(table.columns.map((column) => [column.name, column]))
  return names.map((name) => byName.get(name) as TableColumn)
}

/** What a row's canonical texts become in the columns of these names. */
export function storeRow(
  table: TargetTable,
  names: readonly string[],
): (texts: readonly (string | null)[]) => Stored[] {
  const stores = columnsOf(table, names).map(storeIn)
  return (texts) => stores.map((store, at) => store(texts[at] ?? null))
}

/**
 * One record as a `from` item that the expressions of the table's checks and indexes read as they stand:
 * `(select cast(? as text) collate nocase as "email", …) as "users"`. The casts give each value its column's affinity.
 * Columns of `read` that the record leaves to the database stand there with the default they will get.
 */
export function recordAsTable(
  table: TargetTable,
  names: readonly string[],
  read: readonly string[] = names,
): string {
  const left = read.filter((name) => !names.includes(name))
  const values = [
    ...columnsOf(table, names).map(({ name, cast }) => `${castValue(cast, '?')} as ${quoteName(name)}`),
    ...columnsOf(table, left).map(
      (column) => `${castValue(column.cast, defaultOf(column))} as ${quoteName(column.name)}`,
    ),
  ]
  return `(select ${values.join(', ')}) as ${table.sql}`
}

function castValue(cast: string, value: string): string {
  const [storage, ...collation] = cast.split(' ')
  return [storage === 'any' ? value : `cast(${value} as ${storage})`, ...collation].join(' ')
}

/** The number of a row is drawn when it is inserted, not before. */
function defaultOf({ defaultSql }: TableColumn): string {
  return defaultSql === undefined || defaultSql === 'autoincrement' ? 'null' : defaultSql
}

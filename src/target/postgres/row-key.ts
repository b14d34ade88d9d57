import type { TargetTable } from '../table.js'
import { quoteName } from './quote.js'
import { castsOf } from './stage.js'

/** The row key of `alias` as text: one column as it is, several as a JSON array. */
export function rowKeyText(table: Pick<TargetTable, 'rowKey'>, alias: string): string {
  const columns = table.rowKey.map((column) => `${alias}.${quoteName(column)}::text`)
  return columns.length === 1 ? (columns[0] as string) : `array_to_json(array[${columns.join(', ')}])::text`
}

/** The condition that `alias` is the row whose key the expression `text` holds; the index of the key serves it. */
export function isRow(table: TargetTable, alias: string, text: string): string {
  const casts = castsOf(table)
  return table.rowKey
    .map((column, index) => {
      const part = table.rowKey.length === 1 ? text : `(${text}::json ->> ${index})`
      return `${alias}.${quoteName(column)} = ${part}::${casts.get(column)}`
    })
    .join(' and ')
}

/** What answers the row key that given values make, or undefined when the database makes a part of it. */
export function rowKeyReader(
  table: TargetTable,
  columns: readonly string[],
): (values: readonly (string | null)[]) => string | undefined {
  const places = table.rowKey.map((column) => columns.indexOf(column))
  const [only] = places
  if (only !== undefined && places.length === 1) return (values) => values[only] ?? undefined
  return (values) => {
    const parts = places.map((place) => values[place] ?? undefined)
    return parts.includes(undefined) ? undefined : JSON.stringify(parts)
  }
}

import { columnDefault } from '../target/column-default.js'
import type { TargetTable } from '../target/table.js'

/** What columns hold in a row that is inserted without them, where that can be told. */
export function knownDefaults(table: TargetTable): Map<string, string | null> {
  return new Map(
    table.columns.flatMap((column): [string, string | null][] => {
      if (column.generated || table.rowKey.includes(column.name)) return []
      const text = columnDefault(column)
      const isExpression =
        text !== null && text === column.defaultSql && !/^(-?[\d.]+|true|false)$/i.test(text)
      return isExpression ? [] : [[column.name, text]]
    }),
  )
}

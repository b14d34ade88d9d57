import { getTableColumns, type Table } from 'drizzle-orm'
import type { Bookkeeping } from './define-config.js'

/** The columns of a table that carryover keeps, by their names in the database; what the table lacks is left out. */
export function compileBookkeeping(
  target: Table,
  given: Readonly<Record<string, unknown>>,
  bookkeeping: Bookkeeping,
): Bookkeeping {
  const columns = getTableColumns(target)
  return Object.fromEntries(
    Object.entries(bookkeeping).flatMap(([purpose, property]: [string, string]) =>
      // A column that the pipeline gives itself is the pipeline's.
      property in given || columns[property] === undefined ? [] : [[purpose, columns[property].name]],
    ),
  )
}

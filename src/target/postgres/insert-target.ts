import type { TargetTable } from '../table.js'

/** What an INSERT names. */
export interface InsertTarget {
  /** The columns provided, and the parts of the row key that the database makes. */
  readonly columns: readonly string[]
  /** Parts of the row key that nobody provides, with the expression that makes them. */
  readonly made: readonly { column: string; sql: string }[]
  /** `overriding system value` where a value goes into a GENERATED ALWAYS identity. */
  readonly overriding: string
}

/**
 * The columns of an INSERT. A row key that the database makes is drawn in the stage, by the column's own default, so that
 * the ledger's entry can be written in the same statement.
 */
export function insertTarget(table: TargetTable, columns: readonly string[]): InsertTarget {
  const made = table.rowKey
    .filter((name) => !columns.includes(name))
    .map((name) => ({
      column: name,
      sql: table.columns.find((column) => column.name === name)?.defaultSql ?? 'null',
    }))
  const all = [...columns, ...made.map((item) => item.column)]
  const always = table.columns.some((column) => column.identity === 'always' && all.includes(column.name))
  return { columns: all, made, overriding: always ? 'overriding system value' : '' }
}

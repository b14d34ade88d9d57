import type { TargetTable } from '../table.js'
import { quoteName, quoteText } from './quote.js'

/** Columns of the journal, in the order that its rows are selected. */
export const journalColumns =
  'run_id, step, pipeline, legacy_key, action, target, row_key, before, entry' as const

/** What the ledger has of a legacy key, as the journal keeps it. */
export function entryJson(alias: string): string {
  return `to_jsonb(${alias}) - 'pipeline' - 'legacy_key'`
}

/**
 * What a row holds in these columns, each as the server prints it, so that it can be put back exactly.
 * @param isWritten the condition under which a column is part of it
 */
export function rowJson(
  columns: readonly string[],
  alias: string,
  isWritten: (column: string) => string = () => 'true',
): string {
  const parts = columns.map(
    (column) =>
      `case when ${isWritten(column)} then jsonb_build_object(${quoteText(column)}, ${alias}.${quoteName(column)}::text) else '{}' end`,
  )
  return parts.length === 0 ? `'{}'::jsonb` : parts.join(' || ')
}

/** The columns of a row that can be put back: not those that the database computes. */
export function restorable(table: TargetTable): string[] {
  return table.columns.filter((column) => !column.generated).map((column) => column.name)
}

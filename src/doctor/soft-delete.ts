import type { CompiledMapping } from '../pipeline/compiled-pipeline.js'
import type { SurveyedColumn, SurveyedTable } from '../target/survey.js'
import { unstyled } from './naming-style.js'

/** The column that marks rows as deleted, by its name or because the configuration says so; undefined when there is none. */
export function softDeleteColumn(
  table: SurveyedTable,
  writing: readonly CompiledMapping[],
): SurveyedColumn | undefined {
  const kept = new Set(writing.map(({ bookkeeping }) => bookkeeping.deletedAt))
  return table.columns.find(
    (column) =>
      column.nullable &&
      (kept.has(column.name) || (markers.test(unstyled(column.name)) && mayBeInstant(column, column.name))),
  )
}

const markers =
  /^(?:(?:soft)?deleted|removed|archived|discarded|trashed)(?:at|on|date|time)?$|^date(?:deleted|removed|archived)$/

/** Text and numbers are instants where the name says when. */
function mayBeInstant({ type }: SurveyedColumn, name: string): boolean {
  if (type.kind === 'timestamp' || type.kind === 'date') return true
  const tellsWhen = /(?:at|on|date|time)$|^date/.test(unstyled(name))
  return tellsWhen && (type.kind === 'text' || type.kind === 'integer' || type.kind === 'numeric')
}

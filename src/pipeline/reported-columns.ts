import type { CompiledChild, CompiledColumn, CompiledMapping } from './compiled-pipeline.js'

/** A column of a pipeline or of one of its children. */
export interface ReportedColumn {
  /** As reports name it: `status`, and for a child `lines.status`. */
  readonly name: string
  readonly column: CompiledColumn
  readonly mapping: CompiledMapping
}

/** Every column of a pipeline and of its children, in their order. */
export function reportedColumns(mapping: CompiledMapping, above = ''): ReportedColumn[] {
  const own = mapping.columns.map((column) => ({ name: `${above}${column.name}`, column, mapping }))
  const below = mapping.children.flatMap((child: CompiledChild) =>
    reportedColumns(child, `${above}${child.label}.`),
  )
  return [...own, ...below]
}

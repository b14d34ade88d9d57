import { markOf, type AppliedMark, type AppliedMarks } from './applied-marks.js'

/** A column of a record beside what its row holds. */
export interface ColumnState {
  readonly name: string
  /** The kind of its type, see `markOf`. */
  readonly kind: string
  /** Canonical text of what the source gives. */
  readonly given: string | null
  /** Canonical text of what the row holds, where it is something else. */
  readonly current: { readonly text: string | null } | undefined
  /** The row holds what the database fills in by itself, or nothing: nobody has put anything there. */
  readonly untouched: boolean
}

/** What three sides come to: what was applied last, what the row holds, what the source gives. */
export interface Merge {
  /** Columns that the source alone has changed: they are written. */
  readonly changed: readonly string[]
  /** Columns that source and target have changed, each to another value. */
  readonly conflicts: readonly string[]
}

/**
 * Merges a record into its row, column by column. Source as applied → left alone, whatever the row holds. Source changed, row as
 * applied → changed. Both changed to the same → nothing. Both changed → conflict. A column that was never applied, because the
 * pipeline did not have it, is changed where nobody has put anything there.
 */
export function mergeColumns(columns: readonly ColumnState[], applied: AppliedMarks): Merge {
  const changed: string[] = []
  const conflicts: string[] = []
  for (const { name, kind, given, current, untouched } of columns) {
    if (current === undefined) continue
    const mark = applied.get(name)
    if (mark !== undefined && mark.source === markOf(kind, given)) continue
    const isAsApplied = mark === undefined ? untouched : mark.held === markOf(kind, current.text)
    if (isAsApplied) changed.push(name)
    else conflicts.push(name)
  }
  return { changed, conflicts }
}

/**
 * The marks of a row after its record was merged into it.
 * @param written columns that were written
 */
export function mergedMarks(
  columns: readonly ColumnState[],
  applied: AppliedMarks,
  written: ReadonlySet<string>,
): AppliedMarks {
  return new Map(
    columns.map(({ name, kind, given, current }): [string, AppliedMark] => {
      const source = markOf(kind, given)
      const holds = current === undefined || written.has(name)
      return [name, { source, held: holds ? source : applied.get(name)?.held }]
    }),
  )
}

import { markOf, type AppliedMarks } from './applied-marks.js'

/** What a row holds in a column: texts that the engine may have meant by it. */
export interface HeldColumn {
  readonly kind: string
  readonly readings: readonly (string | null)[]
}

/** What a row holds, by column. */
export type HeldRow = ReadonlyMap<string, HeldColumn>

/**
 * The columns in which a row is not as the run that inserted it left it: they hold something else than what was noted, or
 * something where the run gave nothing.
 * @param defaults of columns what they hold in a row that is inserted without them; absent where only the database knows
 */
export function editedSinceInsert(
  marks: AppliedMarks,
  row: HeldRow,
  defaults: ReadonlyMap<string, string | null>,
): string[] {
  return [...row].flatMap(([column, { readings }]) => {
    if (marks.get(column)?.held !== undefined) return isEdited(column, marks, row) ? [column] : []
    const absent = defaults.get(column)
    if (absent === undefined || readings.includes(null) || readings.includes(absent)) return []
    return [column]
  })
}

/**
 * The columns that hold something else than what was noted of them, or that keep what somebody else had put there.
 */
export function editedColumns(marks: AppliedMarks, row: HeldRow): string[] {
  return [...marks.keys()].filter((column) => isEdited(column, marks, row) || isKept(column, marks))
}

/** The source gives it a value, and the row was never written. */
function isKept(column: string, marks: AppliedMarks): boolean {
  const mark = marks.get(column)
  return mark?.source !== undefined && mark.held === undefined
}

/** Whether the column holds something else than was noted; no when nothing was, or the column is not there any more. */
export function isEdited(column: string, marks: AppliedMarks, row: HeldRow): boolean {
  const held = marks.get(column)?.held
  const now = row.get(column)
  if (held === undefined || now === undefined) return false
  return !now.readings.some((text) => markOf(now.kind, text) === held)
}

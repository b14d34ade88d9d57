import type { AppliedMarks } from './applied-marks.js'
import { isEdited, type HeldRow } from './edited-columns.js'

/** What becomes of columns that a run wrote. */
export interface Restoring {
  readonly restored: readonly string[]
  /** Those that hold something else than the run left there. */
  readonly edited: readonly string[]
  /** Those that stay as they are since they speak of a row of which something else stays. */
  readonly heldBack: readonly string[]
}

/**
 * Which of the columns that a run wrote take back what they held before. Each for itself, if it holds what the run left there, or
 * nothing was noted of that; but columns that carryover fills by itself (a version, an instant of change) speak of the
 * whole row: they go back only when all others do.
 */
export function decideRestoring(written: readonly string[], marks: AppliedMarks, row: HeldRow): Restoring {
  const edited = written.filter((column) => isEdited(column, marks, row))
  const stays = edited.some((column) => !isStamp(column, marks))
  const others = written.filter((column) => !edited.includes(column))
  const isHeldBack = (column: string) => stays && isStamp(column, marks)
  return {
    restored: others.filter((column) => !isHeldBack(column)),
    edited,
    heldBack: others.filter(isHeldBack),
  }
}

/** The source says nothing of it. */
function isStamp(column: string, marks: AppliedMarks): boolean {
  const mark = marks.get(column)
  return mark !== undefined && mark.source === undefined
}

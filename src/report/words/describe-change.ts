import type { PipelineReport, PlannedChange } from '../../run/run-report.js'
import { cut, cutPair } from './cut.js'
import { hiddenValue } from './hidden-value.js'
import { showValue } from './show-value.js'

/** A column of a planned change, as it is shown. */
export interface ColumnWords {
  column: string
  /** Undefined for an insert. */
  from: string | undefined
  to: string
}

/** The columns of a change; hidden values are not shown, long ones are cut where they differ. */
export function describeChange({ action, columns }: PlannedChange): ColumnWords[] {
  return columns.map(({ column, from, to, hidden }) => {
    if (hidden === true)
      return { column, from: action === 'insert' ? undefined : hiddenValue, to: hiddenValue }
    if (action === 'insert') return { column, from: undefined, to: cut(showValue(to)) }
    const [before, after] = cutPair(showValue(from), showValue(to))
    return { column, from: before, to: after }
  })
}

/** How many changes of a pipeline a plan foresees beyond those it shows. */
export function changesNotShown({ rows, changes = [] }: PipelineReport): number {
  return Math.max(0, rows.inserted + rows.updated + rows.deleted - changes.length)
}

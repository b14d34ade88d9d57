import type { Batch } from '../target/batch.js'
import type { TargetTable } from '../target/table.js'
import type { LeftRows } from './left-alone.js'

/** Rows that an undo has written. */
export interface UndoneRows {
  /** Got back what they held before. */
  restored: number
  /** Were inserted by the run. */
  deleted: number
  /** Were deleted by the run, and are there again. */
  inserted: number
}

/** An undo in its transaction. */
export interface Undoing {
  readonly batch: Batch
  /** All that are taken back, the first one first. */
  readonly runIds: readonly number[]
  readonly rows: UndoneRows
  /** The rows that several steps restore, as far as they are restored. */
  readonly restoredAgain: Set<string>
  readonly left: LeftRows
  /** Later runs that turn out to have built on these. */
  readonly later: Set<number>
  tableNamed(name: string): Promise<TargetTable>
  /** True for a run that was not taken back. */
  isStanding(runId: number): Promise<boolean>
}

import type { Target } from '../target.js'
import { newMadeKeys } from './made-keys.js'
import { plannedBatch } from './planned-batch.js'
import { openScratch } from './scratch.js'

/** A target that is planned on. */
export interface PlannedTarget extends Target {
  /** What people read for a row key: `(new)` where it stands for one the database would make. */
  nameOf(rowKey: string): string
}

/**
 * The same target for a plan: it is read, and what would be written goes to a scratch database that later questions see.
 * So a plan runs the very code of a run.
 */
export function openPlanned(target: Target): PlannedTarget {
  const scratch = openScratch()
  const keys = newMadeKeys()
  const inScratch = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    scratch.begin()
    try {
      const result = await work()
      scratch.commit()
      return result
    } catch (error) {
      scratch.rollback()
      throw error
    }
  }
  return {
    ...target,
    nameOf: (rowKey) => (keys.has(rowKey) ? '(new)' : rowKey),
    // Of the entries that have lost their row, the plan settles some; it adds none of its own.
    countEntries: async (pipeline, table, runId) => {
      if (runId !== undefined) return { entries: 0, rows: 0 }
      const { entries, rows } = await target.countEntries(pipeline, table)
      return { entries, rows: rows + scratch.settledLosses(pipeline) }
    },
    inBatch: (work) => target.inBatch((real) => inScratch(() => work(plannedBatch(real, scratch, keys)))),
    // Nothing is written: what is read needs no transaction around it.
    atomically: inScratch,
    close: async () => {
      scratch.close()
      await target.close()
    },
  }
}

import type { Target } from '../target.js'
import { newMadeKeys } from './made-keys.js'
import { plannedBatch } from './planned-batch.js'
import { openScratch } from './scratch.js'

/** A target that is planned on. */
export interface PlannedTarget extends Target {
  /** True for a row key that stands for one the database would make. */
  isMadeKey(key: string): boolean
}

/**
 * The same target for a plan: it is read, and what would be written goes to a scratch database that later questions see.
 * So a plan runs the very code of a run.
 */
export function openPlanned(target: Target): PlannedTarget {
  const scratch = openScratch()
  const keys = newMadeKeys()
  return {
    ...target,
    isMadeKey: keys.has,
    inBatch: (work) =>
      target.inBatch(async (real) => {
        scratch.begin()
        try {
          const result = await work(plannedBatch(real, scratch, keys))
          scratch.commit()
          return result
        } catch (error) {
          scratch.rollback()
          throw error
        }
      }),
    close: async () => {
      scratch.close()
      await target.close()
    },
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { TargetError } from '../errors.js'
import type { Batch } from '../target/batch.js'
import type { RunContext } from './run-context.js'

/** How often a transaction that failed by what passes is tried again. */
const retries = 5

/** Runs `work` in a transaction of its own; one that fails by what passes by itself is tried again, each time later. */
export async function inRetriedBatch<Result>(
  { target, signal }: RunContext,
  work: (batch: Batch) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await target.inBatch(work)
    } catch (error) {
      if (!(error instanceof TargetError) || !error.retryable || attempt > retries) throw error
      await sleep(50 * 2 ** attempt, undefined, { signal })
    }
  }
}

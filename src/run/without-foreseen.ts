import type { Batch } from '../target/batch.js'
import type { Settled } from './decide-batch.js'
import { describeFailure } from './describe-failure.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import { placeOf, type RejectedLegacy } from './records.js'
import { stagedAsMerged } from './staged-of.js'

/**
 * What is written, and a duplicate that nobody knew: it might have come first, and is told the same then. One that the ledger
 * has as it is was judged before.
 */
function isJudged({ decision }: Settled): boolean {
  return decision.kind === 'alias' ? decision.remember : decision.kind !== 'leave'
}

/** Takes out what the database would refuse, before it is asked to write. */
export async function withoutForeseen(
  prepared: PreparedPipeline,
  batch: Batch,
  decided: readonly Settled[],
): Promise<{ passed: readonly Settled[]; rejected: RejectedLegacy[] }> {
  const writing = decided.filter(isJudged).map((item) => item.record)
  if (writing.length === 0) return { passed: decided, rejected: [] }
  // A column made by a reference has its parent: it was resolved to a row that is there.
  const resolved = new Set([...prepared.parents.keys()].map((index) => prepared.names[index] as string))
  const foreseen = await batch.foresee(stagedAsMerged(prepared, writing), resolved)
  if (foreseen.length === 0) return { passed: decided, rejected: [] }
  const refused = new Map(foreseen.map((item) => [item.ordinal, item]))
  const rejected: RejectedLegacy[] = []
  const passed = decided.filter(({ record }) => {
    const failure = refused.get(record.ordinal)
    if (failure !== undefined) rejected.push({ ...placeOf(record), reject: describeFailure(failure) })
    return failure === undefined
  })
  return { passed, rejected }
}

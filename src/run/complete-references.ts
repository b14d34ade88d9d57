import { pagesOf } from './pages-of.js'
import type { PipelineState } from './pipeline-state.js'
import { settleRecords } from './settle-records.js'

/** The second pass: settles the records that went with open columns once more, now that what they refer to is there. */
export async function completeReferences(state: PipelineState, batchRecords: number): Promise<void> {
  const waiting = state.open.splice(0).toSorted((a, b) => a.ordinal - b.ordinal)
  for (const page of pagesOf(waiting, batchRecords)) await settleRecords(state, page, [], 'final')
}

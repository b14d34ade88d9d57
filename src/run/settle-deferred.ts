import type { Phase } from '../record/match-record.js'
import type { PipelineState } from './pipeline-state.js'
import { settleRecords } from './settle-records.js'

/**
 * Settles what waited for the end of the source: as long as some of it gets on, in the order of the source; then the last of
 * several records takes the row over, where it counts; and what is left when nobody gets on any more is decided for good.
 */
export async function settleDeferred(state: PipelineState, batchRecords: number): Promise<void> {
  state.sourceRead = true
  const lastCounts = state.prepared.pipeline.policies.duplicates === 'last'
  while (state.deferred.size > 0) {
    if (await getsOn(state, batchRecords, 'reading')) continue
    if (lastCounts && (await getsOn(state, batchRecords, 'taking'))) continue
    await getsOn(state, batchRecords, 'final')
  }
}

/** Asks everybody who waits once more; answers whether some of them got on. */
async function getsOn(state: PipelineState, batchRecords: number, phase: Phase): Promise<boolean> {
  const before = state.deferred.size
  // The last record comes first where it takes a row over, so that the row changes hands once.
  const direction = phase === 'taking' ? -1 : 1
  const waiting = [...state.deferred.values()].toSorted((a, b) => direction * (a.ordinal - b.ordinal))
  for (let start = 0; start < waiting.length; start += batchRecords)
    await settleRecords(state, waiting.slice(start, start + batchRecords), [], phase)
  return state.deferred.size < before
}

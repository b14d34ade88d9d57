import type { PipelineState } from './pipeline-state.js'
import type { EncodedLegacy } from './records.js'

/** Whether the last of several records for one row counts. Of records that are replayed nobody knows which one that is. */
export function lastCounts({ context, prepared }: PipelineState): boolean {
  return context.replay === undefined && prepared.pipeline.policies.duplicates === 'last'
}

/** Whether a record takes a row over from an owner that the source has too: see `Evidence`. */
export function successionOf(
  state: PipelineState,
): (record: EncodedLegacy, owner: string) => 'no' | 'yes' | 'kept' {
  if (!lastCounts(state)) return () => 'no'
  return (record, owner) => {
    const ordinal = state.seen.ordinalOf(owner)
    if (ordinal === undefined || ordinal >= record.ordinal) return 'no'
    return state.counted.get(owner) === 'kept' ? 'kept' : 'yes'
  }
}

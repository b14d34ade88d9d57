import type { PipelineState } from './pipeline-state.js'
import type { EncodedLegacy } from './records.js'

/** Whether a record takes a row over from an owner that the source has too: see `Evidence`. */
export function successionOf(
  state: PipelineState,
): (record: EncodedLegacy, owner: string) => 'no' | 'yes' | 'kept' {
  // Of records that are replayed nobody knows which one is the last of its source.
  const mayTake = state.context.replay === undefined && state.prepared.pipeline.policies.duplicates === 'last'
  if (!mayTake) return () => 'no'
  return (record, owner) => {
    const ordinal = state.seen.ordinalOf(owner)
    if (ordinal === undefined || ordinal >= record.ordinal) return 'no'
    return state.counted.get(owner) === 'kept' ? 'kept' : 'yes'
  }
}

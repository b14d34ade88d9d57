import { mayGetOn, type OwnerState, type Phase } from '../record/match-record.js'
import type { PipelineState } from './pipeline-state.js'
import type { EncodedLegacy } from './records.js'

/** How the owner of a row stands while `open` is the batch in hand: see `OwnerState`. */
export function ownerStates(
  state: PipelineState,
  open: readonly EncodedLegacy[],
  phase: Phase,
): (legacyKey: string) => OwnerState {
  const pending = new Set(open.map((record) => record.legacyKey))
  return (legacyKey) => {
    if (pending.has(legacyKey)) return 'pending'
    if (mayGetOn(phase) && state.deferred.has(legacyKey)) return 'unread'
    if (state.seen.has(legacyKey)) return 'settled'
    if (!state.sourceRead) return 'unread'
    // Behind a break, or beside what is replayed, the owner may still stand: its row is not given to another record.
    return state.fault === undefined && state.context.replay === undefined ? 'absent' : 'settled'
  }
}

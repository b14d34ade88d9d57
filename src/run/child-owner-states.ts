import type { OwnerState, Phase } from '../record/match-record.js'
import type { Carrier } from './carrier.js'
import { ownerStates } from './owner-states.js'
import type { PipelineState } from './pipeline-state.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy } from './records.js'

/** How the owner of a child's row stands: a child is as far as its record, and absent when its record no longer has it. */
export function childOwnerStates(
  state: PipelineState,
  child: PreparedPipeline,
  elements: readonly EncodedLegacy[],
  carriers: readonly Carrier[],
  phase: Phase,
): (legacyKey: string) => OwnerState {
  const present = new Set(elements.map((element) => element.legacyKey))
  const inHand = new Set(carriers.map((carrier) => carrier.root.legacyKey))
  const rootState = ownerStates(state, [], phase)
  const depth = child.pipeline.name.split('/').length - state.prepared.pipeline.name.split('/').length
  return (legacyKey) => {
    if (present.has(legacyKey)) return 'pending'
    let root = legacyKey
    for (let level = 0; level < depth; level += 1) root = (JSON.parse(root) as [string])[0]
    return inHand.has(root) ? 'absent' : rootState(root)
  }
}

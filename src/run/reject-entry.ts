import { fingerprint } from '../record/fingerprint.js'
import type { RejectEntry } from '../target/reject-entry.js'
import { keepingOf } from './keeping.js'
import { keptCopy, keptReason } from './kept-reject.js'
import type { PipelineState } from './pipeline-state.js'
import { describePlace, isKept, type RejectedLegacy } from './records.js'

/** The rejects of a round as the ledger keeps them, in their order. Nothing is noted before they are committed. */
export function rejectEntries(
  { prepared: { pipeline }, context, rejectIds }: PipelineState,
  rejected: readonly RejectedLegacy[],
): RejectEntry[] {
  if (rejected.length === 0) return []
  const keeping = keepingOf(pipeline, context.settings)
  const own = new Map<string, number>()
  return rejected.map((item) => {
    const { ordinal, legacyKey, location, reject } = item
    const at = describePlace(item)
    const byKey = legacyKey === null ? undefined : idOf(`key ${legacyKey}`)
    const owner = byKey === undefined ? undefined : (rejectIds.get(byKey) ?? own.get(byKey))
    // Records that share a key are told apart by their place, and so are those without one.
    const isByPlace = byKey === undefined || reject.code === 'duplicate_key' || (owner ?? ordinal) !== ordinal
    const id = isByPlace ? idOf(`at ${at}`) : byKey
    own.set(id, ordinal)
    return {
      id,
      ordinal: isKept(location) ? location.ordinal : ordinal,
      legacyKey,
      at,
      code: reject.code,
      ...keptReason(pipeline, item, keeping),
      ...keptCopy(item, keeping),
      replaces: isKept(location) && location.id !== id ? [location.id] : [],
    }

    function idOf(identity: string): string {
      return fingerprint(
        ['pipeline', 'record', 'code', 'column'],
        [pipeline.name, identity, reject.code, reject.column ?? null],
      )
    }
  })
}

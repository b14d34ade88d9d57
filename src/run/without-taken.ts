import type { claimKeys } from './claim-keys.js'
import type { PipelineState } from './pipeline-state.js'
import { isKept, placeOf, type MappedLegacy } from './records.js'

type Claimed = Pick<ReturnType<typeof claimKeys>, 'first' | 'rejected'>

/**
 * Of records that are replayed, those whose key nobody has. A record without a known key may get one by a changed pipeline, and
 * it may be that of another record, which is in the source and not read now.
 */
export async function withoutTaken(state: PipelineState, claimed: Claimed): Promise<Claimed> {
  const isNew = ({ location, legacyKey }: MappedLegacy) =>
    isKept(location) && location.legacyKey !== legacyKey
  const keys = claimed.first.filter(isNew).map(({ legacyKey }) => legacyKey)
  if (keys.length === 0) return claimed
  const known = await state.context.target.ledger.knownKeys(state.prepared.pipeline.name, keys)
  const isTaken = (record: MappedLegacy) => isNew(record) && known.has(record.legacyKey)
  return {
    first: claimed.first.filter((record) => !isTaken(record)),
    rejected: [
      ...claimed.rejected,
      ...claimed.first.filter(isTaken).map((record) => ({
        ...placeOf(record),
        reject: {
          code: 'duplicate_key' as const,
          message:
            'a record of an earlier run has the same key: a run over the source tells which one is right',
        },
      })),
    ],
  }
}

import type { MappedChunk } from './map-chunk.js'
import { placeOf, type MappedLegacy, type RejectedLegacy } from './records.js'
import type { SeenKeys } from './seen-keys.js'

/** The first record of each key, and everything of the chunk that is rejected before the database is asked. */
export function claimKeys(
  seen: SeenKeys,
  chunk: MappedChunk,
): { first: MappedLegacy[]; rejected: RejectedLegacy[] } {
  const rejected = [...chunk.rejected]
  const first = chunk.mapped.filter((record) => {
    const owner = seen.claim(record.legacyKey, record.ordinal)
    if (owner === record.ordinal) return true
    rejected.push({
      ...placeOf(record),
      reject: { code: 'duplicate_key', message: `record ${owner + 1} of this source has the same key` },
    })
    return false
  })
  for (const { legacyKey, ordinal } of chunk.rejected) {
    if (legacyKey === null) seen.mentionNameless()
    else seen.mention(legacyKey, ordinal)
  }
  for (const { legacyKey, ordinal } of chunk.skippedKeys) seen.mention(legacyKey, ordinal)
  return { first, rejected }
}

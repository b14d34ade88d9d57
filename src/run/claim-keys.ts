import type { MappedChunk, UntouchedLegacy } from './map-chunk.js'
import type { MappedLegacy, RejectedLegacy } from './records.js'
import type { SeenKeys } from './seen-keys.js'

/** The first record of each key, and everything of the chunk that is rejected before the database is asked. */
export function claimKeys(
  seen: SeenKeys,
  chunk: MappedChunk,
): { first: MappedLegacy[]; untouched: UntouchedLegacy[]; rejected: RejectedLegacy[] } {
  const rejected = [...chunk.rejected]
  const isFirst = (record: MappedLegacy | UntouchedLegacy): boolean => {
    const { ordinal, location, legacyKey, surroundings } = record
    const owner = seen.claim(legacyKey, ordinal)
    if (owner === ordinal) return true
    rejected.push({
      ordinal,
      location,
      legacyKey,
      raw: 'raw' in record ? record.raw : record.value,
      surroundings,
      reject: { code: 'duplicate_key', message: `record ${owner + 1} of this source has the same key` },
    })
    return false
  }
  const first: MappedLegacy[] = []
  const untouched: UntouchedLegacy[] = []
  // Whoever comes first in the source has the key.
  let at = 0
  for (const record of chunk.mapped) {
    for (; (chunk.untouched[at]?.ordinal ?? Infinity) < record.ordinal; at += 1) claimUntouched()
    if (isFirst(record)) first.push(record)
  }
  for (; at < chunk.untouched.length; at += 1) claimUntouched()
  for (const { legacyKey, ordinal } of chunk.rejected) {
    if (legacyKey === null) seen.mentionNameless()
    else seen.mention(legacyKey, ordinal)
  }
  for (const { legacyKey, ordinal } of chunk.skippedKeys) seen.mention(legacyKey, ordinal)
  return { first, untouched, rejected }

  function claimUntouched(): void {
    const record = chunk.untouched[at] as UntouchedLegacy
    if (isFirst(record)) untouched.push(record)
  }
}

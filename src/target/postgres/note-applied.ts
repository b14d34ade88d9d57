import type { AppliedNote } from '../batch.js'
import { entryPlace } from './entry-place.js'
import type { Session } from './session.js'
import { textArrayOf } from './text-array.js'

/** Corrects what the ledger keeps of the values of rows that hold something else than was written. */
export async function noteApplied(
  session: Session,
  pipeline: string,
  notes: readonly AppliedNote[],
): Promise<void> {
  if (notes.length === 0) return
  await session.query(
    `update carryover.records r set applied = q.applied
       from unnest($2::text[], $3::text[]) as q(legacy_key, applied) ${entryPlace('$1', 'q.legacy_key')}
      where r.ctid = place`,
    [pipeline, textArrayOf(notes, (note) => note.legacyKey), textArrayOf(notes, (note) => note.applied)],
  )
}

import type { OwnedEntry } from '../target/batch.js'
import { noteGone } from './note-decisions.js'
import type { PipelineState } from './pipeline-state.js'

/** What a change says of where its record is, when the source no longer has it. */
export const goneFromSource = '(gone from the source)'

/** Counts rows that were deleted, and keeps of them what a plan shows. */
export function countDeleted(state: PipelineState, deleted: readonly OwnedEntry[]): void {
  const { tally, context } = state
  noteGone(state, 'delete', deleted)
  tally.rows.deleted += deleted.length
  const room = context.dryRun ? Math.max(0, context.shownChanges - tally.changes.length) : 0
  for (const { legacyKey } of deleted.slice(0, room))
    tally.changes.push({ key: legacyKey, at: goneFromSource, action: 'delete', columns: [] })
}

import type { Batch, OwnedEntry } from '../target/batch.js'
import { countDeleted, goneFromSource } from './count-deleted.js'
import { pagesOf } from './pages-of.js'
import type { PipelineState } from './pipeline-state.js'
import { noteGone } from './note-decisions.js'
import type { PlannedChange } from './run-report.js'
import { markDeleted } from './mark-deleted.js'
import { removeEntries, type Removal } from './remove-entries.js'

/** Records that are removed in one transaction. */
const batchEntries = 1_000

/** Does with the rows of records that are gone from the source what the policy says; answers those that stay as they are. */
export async function removeMissing(
  state: PipelineState,
  missing: readonly OwnedEntry[],
): Promise<OwnedEntry[]> {
  if (state.prepared.pipeline.policies.missing === 'delete') return deleteRows(state, missing)
  const kept: OwnedEntry[] = []
  for (const part of pagesOf(missing, batchEntries)) {
    const { released, marked, refused } = await state.context.target.inBatch(async (batch) => {
      const shared = await releaseShared(state, batch, part)
      return { ...shared, ...(await markDeleted(state, batch, shared.left)) }
    })
    state.tally.outcomes.removed += released.length + marked.length
    state.tally.rows.updated += marked.length
    noteGone(state, 'mark', marked)
    noteGone(state, 'remove', released)
    kept.push(...refused)
    for (const { legacyKey } of marked) {
      const column = state.prepared.pipeline.bookkeeping.deletedAt as string
      keep(state, {
        key: legacyKey,
        at: goneFromSource,
        action: 'update',
        columns: [{ column, from: null, to: 'now' }],
      })
    }
  }
  return kept
}

/** Rows of one table may hang on each other across batches: as long as some go, the others are asked again. */
async function deleteRows(state: PipelineState, missing: readonly OwnedEntry[]): Promise<OwnedEntry[]> {
  for (let left = missing; ;) {
    const kept: OwnedEntry[] = []
    for (const part of pagesOf(left, batchEntries)) {
      const removal = await state.context.target.inBatch((batch) => deletePart(state, batch, part))
      kept.push(...removal.kept)
      state.tally.outcomes.removed += removal.removed.length
      noteGone(state, 'remove', removal.removed)
      countDeleted(state, removal.deleted)
    }
    if (kept.length === left.length || kept.length === 0) return kept
    left = kept
  }
}

async function deletePart(state: PipelineState, batch: Batch, part: readonly OwnedEntry[]): Promise<Removal> {
  const { released, left } = await releaseShared(state, batch, part)
  const removal = await removeEntries(batch, state.context.runId, state.prepared, left)
  return { ...removal, removed: [...removal.removed, ...released] }
}

/** A row that another pipeline owns too is that one's from now on. */
async function releaseShared(
  state: PipelineState,
  batch: Batch,
  part: readonly OwnedEntry[],
): Promise<{ released: OwnedEntry[]; left: OwnedEntry[] }> {
  const { pipeline, table } = state.prepared
  await batch.noteMoved({ pipeline: pipeline.name, runId: state.context.runId })
  const shared = await batch.sharedRows(
    pipeline.name,
    table,
    part.map((entry) => entry.rowKey),
  )
  const released = part.filter((entry) => shared.has(entry.rowKey))
  await batch.forget(
    { pipeline: pipeline.name, runId: state.context.runId },
    table,
    released.map((entry) => entry.legacyKey),
  )
  return { released, left: part.filter((entry) => !shared.has(entry.rowKey)) }
}

function keep({ tally, context }: PipelineState, change: PlannedChange): void {
  if (context.dryRun && tally.changes.length < context.shownChanges) tally.changes.push(change)
}

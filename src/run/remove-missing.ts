import type { Batch, OwnedEntry, Write } from '../target/batch.js'
import { countDeleted, goneFromSource } from './count-deleted.js'
import type { PipelineState } from './pipeline-state.js'
import { noteGone } from './note-decisions.js'
import type { PlannedChange } from './run-report.js'
import { removeEntries, type Removal } from './remove-entries.js'
import { inRetriedBatch } from './retried-batch.js'
import { countWarning } from './tally.js'

/** Records that are removed in one transaction. */
const batchEntries = 1_000

/** Does with the rows of records that are gone from the source what the policy says. */
export async function removeMissing(state: PipelineState, missing: readonly OwnedEntry[]): Promise<void> {
  if (state.prepared.pipeline.policies.missing === 'delete') return deleteRows(state, missing)
  for (const part of partsOf(missing)) {
    const { released, marked, refused } = await inRetriedBatch(state.context, (batch) =>
      markDeleted(state, batch, part),
    )
    state.tally.outcomes.removed += released.length + marked.length
    state.tally.rows.updated += marked.length
    noteGone(state, 'mark', marked)
    noteGone(state, 'remove', released)
    if (refused > 0) countWarning(state.tally, 'removal_kept', undefined, undefined, refused)
    for (const { legacyKey } of marked) {
      const column = state.prepared.deletedAt as string
      keep(state, {
        key: legacyKey,
        at: goneFromSource,
        action: 'update',
        columns: [{ column, from: null, to: 'now' }],
      })
    }
  }
}

/** Rows of one table may hang on each other across batches: as long as some go, the others are asked again. */
async function deleteRows(state: PipelineState, missing: readonly OwnedEntry[]): Promise<void> {
  let left = missing
  for (;;) {
    const kept: OwnedEntry[] = []
    for (const part of partsOf(left)) {
      const removal = await inRetriedBatch(state.context, (batch) => deletePart(state, batch, part))
      kept.push(...removal.kept)
      state.tally.outcomes.removed += removal.removed.length
      noteGone(state, 'remove', removal.removed)
      countDeleted(state, removal.deleted)
    }
    const isStuck = kept.length === left.length
    left = kept
    if (isStuck || left.length === 0) break
  }
  noteGone(state, 'keep', left)
  if (left.length > 0) countWarning(state.tally, 'removal_kept', undefined, undefined, left.length)
}

async function deletePart(state: PipelineState, batch: Batch, part: readonly OwnedEntry[]): Promise<Removal> {
  const { released, left } = await releaseShared(state, batch, part)
  const removal = await removeEntries(batch, state.prepared, left)
  return { ...removal, removed: [...removal.removed, ...released] }
}

/** A row that another pipeline owns too is that one's from now on. */
async function releaseShared(
  state: PipelineState,
  batch: Batch,
  part: readonly OwnedEntry[],
): Promise<{ released: OwnedEntry[]; left: OwnedEntry[] }> {
  const { pipeline, table } = state.prepared
  const shared = await batch.sharedRows(
    pipeline.name,
    table,
    part.map((entry) => entry.rowKey),
  )
  const released = part.filter((entry) => shared.has(entry.rowKey))
  await batch.forget(
    pipeline.name,
    table,
    released.map((entry) => entry.legacyKey),
  )
  return { released, left: part.filter((entry) => !shared.has(entry.rowKey)) }
}

/** Sets the time of deletion where there is none yet; answers whose row is another pipeline's, whose was marked, and how many were not. */
async function markDeleted(
  state: PipelineState,
  batch: Batch,
  part: readonly OwnedEntry[],
): Promise<{ released: OwnedEntry[]; marked: OwnedEntry[]; refused: number }> {
  const { pipeline, table } = state.prepared
  const { released, left } = await releaseShared(state, batch, part)
  const columns = [state.prepared.deletedAt as string]
  const at = state.context.startedAt.toISOString()
  const rows = left.map((_, ordinal) => ({ ordinal, values: [null] }))
  const keys = new Map(left.map((entry, ordinal) => [ordinal, entry.rowKey]))
  const before = await batch.differences({ table, columns, rows }, keys)
  const open = left.filter((_, ordinal) => !before.has(ordinal))
  const writes = open.map((entry, ordinal): Write => ({
    ordinal,
    action: 'update',
    legacyKey: entry.legacyKey,
    fingerprint: entry.fingerprint,
    role: 'removed',
    known: true,
    rowKey: entry.rowKey,
    values: [at],
    changed: new Set(columns),
    formerOwner: null,
    parentKey: entry.parentKey,
    applied: entry.applied,
  }))
  const { failures } = await batch.apply({
    pipeline: pipeline.name,
    runId: state.context.runId,
    table,
    columns,
    writes,
  })
  const refused = new Set(failures.map((failure) => failure.ordinal))
  return { released, marked: open.filter((_, ordinal) => !refused.has(ordinal)), refused: refused.size }
}

function keep({ tally, context }: PipelineState, change: PlannedChange): void {
  if (context.dryRun && tally.changes.length < context.shownChanges) tally.changes.push(change)
}

function partsOf(entries: readonly OwnedEntry[]): OwnedEntry[][] {
  const parts: OwnedEntry[][] = []
  for (let start = 0; start < entries.length; start += batchEntries)
    parts.push(entries.slice(start, start + batchEntries))
  return parts
}

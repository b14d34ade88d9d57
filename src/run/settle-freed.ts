import type { OwnedEntry } from '../target/batch.js'
import { mayMiss } from './find-missing.js'
import { pagesOf } from './pages-of.js'
import type { PipelineState } from './pipeline-state.js'
import { removeMissing } from './remove-missing.js'
import { settleDeferred } from './settle-deferred.js'

/** Entries that are looked up at a time. */
const pageEntries = 1_000

/** Whether removals may set unique values free: a mark of deletion does where a key counts only rows without one. */
export function mayFree(state: PipelineState): boolean {
  const { pipeline, table } = state.prepared
  const { deletedAt } = pipeline.bookkeeping
  if (!mayMiss(state)) return false
  return (
    pipeline.policies.missing === 'delete' ||
    table.uniqueKeys.some(
      ({ predicate, columns }) => predicate !== undefined && columns.includes(deletedAt ?? ''),
    )
  )
}

/**
 * Removes what is gone from the source and settles whoever waited for what that frees, as long as the one lets the other get on.
 * Answers what is gone and stays.
 */
export async function settleFreed(
  state: PipelineState,
  missing: readonly OwnedEntry[],
  batchRecords: number,
): Promise<readonly OwnedEntry[]> {
  for (let left = missing; ;) {
    const kept = await removeMissing(state, left)
    const waiting = state.deferred.size
    if (kept.length === left.length || waiting === 0) return kept
    // Rows that were found before may be gone.
    state.resolved.clear()
    await settleDeferred(state, batchRecords, 'closing')
    if (state.deferred.size === waiting) return kept
    left = await stillOwned(state, kept)
  }
}

/** Entries whose row nobody has taken over since they were read. */
async function stillOwned(
  { prepared, context }: PipelineState,
  entries: readonly OwnedEntry[],
): Promise<OwnedEntry[]> {
  const { pipeline, table } = prepared
  const owned: OwnedEntry[] = []
  for (const page of pagesOf(entries, pageEntries)) {
    const asked = page.map(({ legacyKey }, ordinal) => ({ ordinal, legacyKey, fingerprint: '' }))
    const { known } = await context.target.inBatch((batch) => batch.recall(pipeline.name, table, asked))
    owned.push(...page.filter((_, ordinal) => known.get(ordinal)?.role === 'owner'))
  }
  return owned
}

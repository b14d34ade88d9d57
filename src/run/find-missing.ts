import { LimitError } from '../errors.js'
import type { RejectLimit } from '../pipeline/policies.js'
import type { OwnedEntry } from '../target/batch.js'
import { pagesOf } from './pages-of.js'
import type { PipelineState } from './pipeline-state.js'
import { heldValues } from './read-stamps.js'
import { exceedsLimit } from './reject-limit.js'
import { countWarning } from './tally.js'
import { withoutEdited } from './without-edited.js'

/** Entries of the ledger that are read at a time. */
const pageEntries = 5_000

/** Whether what is gone from the source is going to be looked for. */
export function mayMiss(state: PipelineState): boolean {
  return isAsked(state) && state.tally.records > 0 && state.seen.nameless === 0
}

/** The policy asks, and the source was read to its end: nobody knows what stands behind a break, nor what is not read at all. */
function isAsked({ prepared, context, fault, shortCuts }: PipelineState): boolean {
  // Nothing is gone from a source that is what it was.
  if (shortCuts.way === 'whole') return false
  return prepared.pipeline.policies.missing !== 'keep' && fault === undefined && context.replay === undefined
}

/**
 * What earlier runs brought and the source no longer has; nothing while that cannot be told: the policy does not ask, the
 * source was empty, or records were rejected whose key nobody knows.
 * @throws LimitError `run.removals` when it is more than `limits.removals` admits
 */
export async function findMissing(state: PipelineState): Promise<OwnedEntry[]> {
  const { pipeline, table } = state.prepared
  if (!isAsked(state)) return []
  if (state.tally.records === 0) countWarning(state.tally, 'source_empty', undefined)
  else if (state.seen.nameless > 0)
    countWarning(state.tally, 'removal_unsure', undefined, undefined, state.seen.nameless)
  if (!mayMiss(state)) return []
  const missing: OwnedEntry[] = []
  // New in this run is what the ledger did not have before it.
  let owned = state.context.writes ? -state.tally.ownersGained : 0
  for (let after: string | null = null; ;) {
    const page: OwnedEntry[] = await state.context.target.inBatch((batch) =>
      batch.owners(pipeline.name, table, { after, limit: pageEntries }),
    )
    const owners = page.filter((entry) => entry.role === 'owner')
    owned += owners.length
    missing.push(...owners.filter((entry) => !state.seen.has(entry.legacyKey)))
    after = page.at(-1)?.legacyKey ?? null
    if (page.length < pageEntries) break
  }
  const limit = state.context.pipelines.get(pipeline.name)?.limits.removals ?? 0
  if (!exceedsLimit(missing.length, owned, limit)) return missing
  const going = await countGoing(state, missing)
  if (exceedsLimit(going, owned, limit)) throw tooMany(pipeline.name, going, owned, limit)
  return missing
}

/** How many of them the policy would remove: rows that somebody edited stay, and those that are marked as deleted are so already. */
async function countGoing(
  { prepared, context }: PipelineState,
  missing: readonly OwnedEntry[],
): Promise<number> {
  const { policies, bookkeeping } = prepared.pipeline
  const { deletedAt } = bookkeeping
  let going = 0
  for (const page of pagesOf(missing, pageEntries)) {
    going += await context.target.inBatch(async (batch) => {
      if (policies.missing === 'delete') return (await withoutEdited(batch, prepared, page)).length
      if (deletedAt === undefined) return page.length
      const rowKeys = new Map(page.map(({ rowKey }, ordinal) => [ordinal, rowKey]))
      return page.length - (await heldValues(batch, prepared.table, [deletedAt], rowKeys)).size
    })
  }
  return going
}

function tooMany(pipeline: string, missing: number, owned: number, limit: RejectLimit): LimitError {
  return new LimitError(
    'run.removals',
    `${missing} of the ${owned} records that ${pipeline} has brought are gone from its source, and limits.removals admits ${limit}. Nothing was removed.`,
    {
      hint: 'Check that the export is complete. If they are meant to go, raise `limits.removals` for one run.',
    },
  )
}

import type { Batch, OwnedEntry } from '../target/batch.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import { withoutEdited } from './without-edited.js'

/** What became of rows that nobody in the source stands for any more. */
export interface Removal {
  /** Entries of all rows that were deleted, those of children included. */
  readonly deleted: readonly OwnedEntry[]
  /** Entries whose row was deleted. */
  readonly removed: readonly OwnedEntry[]
  /** Entries whose row stays: somebody edited it or something hanging on it, another row points at it, or another pipeline owns it. */
  readonly kept: readonly OwnedEntry[]
}

/** Rows that may go, and what hangs on them. */
interface Removable {
  readonly entries: readonly OwnedEntry[]
  readonly below: readonly { readonly child: PreparedPipeline; readonly offspring: Offspring }[]
}

/** Children that go with their record: rows that may go, and entries without a row of ours. */
interface Offspring {
  readonly rows: Removable
  readonly bare: readonly OwnedEntry[]
}

/** Deletes rows, what hangs on them first. A row that somebody edited, or that is still pointed at, stays with all that hangs on it. */
export async function removeEntries(
  batch: Batch,
  runId: number,
  prepared: PreparedPipeline,
  entries: readonly OwnedEntry[],
): Promise<Removal> {
  const removable = await removableOf(batch, prepared, entries)
  const { deleted, removed } = await removeFamily(batch, runId, prepared, removable)
  const gone = new Set(removed)
  return { deleted, removed, kept: entries.filter((entry) => !gone.has(entry)) }
}

/** Deletes the rows of children that we made; the others, and entries without a row of their own, are forgotten. */
export async function removeOffspring(
  batch: Batch,
  runId: number,
  child: PreparedPipeline,
  entries: readonly OwnedEntry[],
): Promise<Removal> {
  if (entries.length === 0) return { deleted: [], removed: [], kept: [] }
  const removal = await removeEntries(batch, runId, child, entries.filter(isOurs))
  const gone = new Set(removal.removed)
  const left = entries.filter((entry) => !gone.has(entry))
  await batch.forget(
    { pipeline: child.pipeline.name, runId },
    child.table,
    left.map((entry) => entry.legacyKey),
  )
  return { ...removal, kept: left.filter((entry) => entry.role === 'owner') }
}

function isOurs(entry: OwnedEntry): boolean {
  return entry.role === 'owner' && entry.made
}

async function removableOf(
  batch: Batch,
  prepared: PreparedPipeline,
  entries: readonly OwnedEntry[],
): Promise<Removable> {
  const { pipeline, table } = prepared
  const untouched = await withoutEdited(batch, prepared, entries)
  const shared = await batch.sharedRows(pipeline.name, table, rowKeysOf(untouched))
  let free = untouched.filter((entry) => !shared.has(entry.rowKey))
  const below: { child: PreparedPipeline; offspring: Offspring }[] = []
  for (const child of prepared.children) {
    const { offspring, holding } = await offspringOf(batch, child, free)
    free = free.filter((entry) => !holding.has(entry.legacyKey))
    below.push({ child, offspring })
  }
  // Rows that go together may point at each other: what only they point at goes as well.
  for (;;) {
    const going = new Map([[table.name, new Set(rowKeysOf(free))]])
    for (const { child, offspring } of below) {
      const { name } = child.table
      going.set(name, new Set([...(going.get(name) ?? []), ...goingOf(offspring, free)]))
    }
    const referred = await batch.referredRows(table, rowKeysOf(free), going)
    if (referred.size === 0) break
    free = free.filter((entry) => !referred.has(entry.rowKey))
  }
  return {
    entries: free,
    below: below.map(({ child, offspring }) => ({ child, offspring: only(offspring, free) })),
  }
}

/** The children of records that are to go; `holding`: those some of whose children's rows stay. */
async function offspringOf(
  batch: Batch,
  child: PreparedPipeline,
  above: readonly OwnedEntry[],
): Promise<{ offspring: Offspring; holding: Set<string> }> {
  const owned = await batch.offspring(
    child.pipeline.name,
    above.map((entry) => entry.legacyKey),
  )
  const rows = await removableOf(batch, child, owned.filter(isOurs))
  const going = new Set(rows.entries)
  const staying = owned.filter((entry) => entry.role === 'owner' && !going.has(entry))
  return {
    offspring: { rows, bare: owned.filter((entry) => entry.role !== 'owner') },
    holding: new Set(staying.map((entry) => entry.parentKey ?? '')),
  }
}

/** What of it hangs on these records. */
function only(offspring: Offspring, above: readonly OwnedEntry[]): Offspring {
  const keys = new Set<string | null>(above.map((entry) => entry.legacyKey))
  const hangs = (entry: OwnedEntry) => keys.has(entry.parentKey)
  const entries = offspring.rows.entries.filter(hangs)
  return {
    rows: {
      entries,
      below: offspring.rows.below.map(({ child, offspring: deeper }) => ({
        child,
        offspring: only(deeper, entries),
      })),
    },
    bare: offspring.bare.filter(hangs),
  }
}

function goingOf(offspring: Offspring, above: readonly OwnedEntry[]): string[] {
  return rowKeysOf(only(offspring, above).rows.entries)
}

async function removeFamily(
  batch: Batch,
  runId: number,
  prepared: PreparedPipeline,
  removable: Removable,
): Promise<Pick<Removal, 'deleted' | 'removed'>> {
  const { pipeline, table } = prepared
  const deleted: OwnedEntry[] = []
  for (const { child, offspring } of removable.below) {
    deleted.push(...(await removeFamily(batch, runId, child, offspring.rows)).deleted)
    const bare = offspring.bare.map((entry) => entry.legacyKey)
    await batch.forget({ pipeline: child.pipeline.name, runId }, child.table, bare)
  }
  let refused = new Set(rowKeysOf(removable.entries))
  // One by one, a row may have to wait for another one of them that points at it.
  for (let before = -1; refused.size > 0 && refused.size !== before;) {
    before = refused.size
    refused = await batch.remove({ pipeline: pipeline.name, runId }, table, [...refused])
  }
  const removed = removable.entries.filter((entry) => !refused.has(entry.rowKey))
  return { deleted: [...removed, ...deleted], removed }
}

function rowKeysOf(entries: readonly OwnedEntry[]): string[] {
  return entries.map((entry) => entry.rowKey)
}

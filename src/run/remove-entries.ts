import { editedColumns, markedColumns } from '../record/applied-marks.js'
import type { Batch, OwnedEntry } from '../target/batch.js'
import type { PreparedPipeline } from './prepared-pipeline.js'

/** What became of rows that nobody in the source stands for any more. */
export interface Removal {
  /** Rows that were deleted, those of children included. */
  readonly rows: number
  /** Entries whose row was deleted. */
  readonly removed: readonly OwnedEntry[]
  /** Entries whose row stays: somebody edited it or something hanging on it, another row points at it, or another pipeline owns it. */
  readonly kept: readonly OwnedEntry[]
}

/** Deletes rows, what hangs on them first. A row that somebody edited, or that is still pointed at, stays as it is. */
export async function removeEntries(
  batch: Batch,
  prepared: PreparedPipeline,
  entries: readonly OwnedEntry[],
): Promise<Removal> {
  const { pipeline, table } = prepared
  const untouched = await withoutEdited(batch, prepared, entries)
  const shared = await batch.sharedRows(
    pipeline.name,
    table,
    untouched.map((entry) => entry.rowKey),
  )
  const free = untouched.filter((entry) => !shared.has(entry.rowKey))
  const below = await removeBelow(batch, prepared, free)
  let waiting = free.filter((entry) => !below.holding.has(entry.legacyKey))
  const removed: OwnedEntry[] = []
  // Rows of one table may point at each other: the ones that nobody points at go first.
  for (;;) {
    const referred = await batch.referredRows(
      table,
      waiting.map((entry) => entry.rowKey),
    )
    const ready = waiting.filter((entry) => !referred.has(entry.rowKey))
    if (ready.length === 0) break
    const refused = await batch.remove(
      pipeline.name,
      table,
      ready.map((entry) => entry.rowKey),
    )
    removed.push(...ready.filter((entry) => !refused.has(entry.rowKey)))
    waiting = waiting.filter((entry) => referred.has(entry.rowKey))
    if (waiting.length === 0) break
  }
  const gone = new Set(removed)
  return { rows: removed.length + below.rows, removed, kept: entries.filter((entry) => !gone.has(entry)) }
}

/** Deletes the children's rows; `holding`: the records some of whose children's rows stay. */
async function removeBelow(
  batch: Batch,
  prepared: PreparedPipeline,
  entries: readonly OwnedEntry[],
): Promise<{ rows: number; holding: Set<string> }> {
  let rows = 0
  const holding = new Set<string>()
  for (const child of prepared.children) {
    const owned = await batch.offspring(
      child.pipeline.name,
      entries.map((entry) => entry.legacyKey),
    )
    const below = await removeOffspring(batch, child, owned)
    rows += below.rows
    for (const { parentKey } of below.kept) holding.add(parentKey ?? '')
  }
  return { rows, holding }
}

/** Deletes the rows of children that we made; entries without a row of their own, and of rows found there, are forgotten. */
export async function removeOffspring(
  batch: Batch,
  child: PreparedPipeline,
  entries: readonly OwnedEntry[],
): Promise<Removal> {
  if (entries.length === 0) return { rows: 0, removed: [], kept: [] }
  const made = entries.filter((entry) => entry.role === 'owner' && entry.made)
  const removal = await removeEntries(batch, child, made)
  const gone = new Set(removal.removed)
  const left = entries.filter((entry) => !gone.has(entry))
  await batch.forget(
    child.pipeline.name,
    left.map((entry) => entry.legacyKey),
  )
  return { ...removal, kept: left.filter((entry) => entry.role === 'owner') }
}

/** Entries whose row holds what was applied. What was applied before marks were kept cannot be told from an edit. */
async function withoutEdited(
  batch: Batch,
  { table }: PreparedPipeline,
  entries: readonly OwnedEntry[],
): Promise<OwnedEntry[]> {
  const marked = entries.flatMap((entry) => (entry.applied === null ? [] : [{ entry, marks: entry.applied }]))
  const live = new Set(table.columns.map((column) => column.name))
  const columns = [...new Set(marked.flatMap(({ marks }) => markedColumns(marks)))].filter((name) =>
    live.has(name),
  )
  // What differs from nothing but nulls is what the row holds.
  const nothing = columns.map(() => null)
  const held = await batch.differences(
    { table, columns, rows: marked.map((_, ordinal) => ({ ordinal, values: nothing })) },
    new Map(marked.map(({ entry }, ordinal) => [ordinal, entry.rowKey])),
  )
  return marked
    .filter(({ marks }, ordinal) => {
      const current = new Map((held.get(ordinal) ?? []).map((item) => [item.column, item.current]))
      return editedColumns(marks, current).filter((column) => live.has(column)).length === 0
    })
    .map(({ entry }) => entry)
}

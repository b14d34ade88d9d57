import type { Batch } from '../target/batch.js'
import type { Parent } from './prepared-pipeline.js'

/** Row keys that were found before, per parent: most records refer to few rows. */
export type ResolvedRows = Map<string, Map<string, string>>

/** Remembered rows per parent; past this, the oldest are forgotten. */
const rememberedRows = 100_000

/** Key or value → row key, for those of `keys` that lead to a row. */
export async function referredRows(
  batch: Batch,
  parent: Parent,
  remembered: ResolvedRows,
  keys: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const id = `${parent.pipeline ?? parent.table.name} ${parent.by ?? ''}`
  const known = remembered.get(id) ?? new Map<string, string>()
  remembered.set(id, known)
  const asked = [...keys].filter((key) => !known.has(key))
  const answered = asked.length === 0 ? new Map<string, string>() : await ask(batch, parent, asked)
  const rows = new Map(answered)
  for (const key of keys) {
    const row = known.get(key)
    if (row !== undefined) rows.set(key, row)
  }
  // A row of the own pipeline may be rolled back with its batch: it is not remembered.
  if (!parent.own) for (const [key, row] of answered) known.set(key, row)
  for (const oldest of known.keys()) {
    if (known.size <= rememberedRows) break
    known.delete(oldest)
  }
  return rows
}

function ask(batch: Batch, parent: Parent, keys: readonly string[]): Promise<Map<string, string>> {
  return parent.by === undefined
    ? batch.resolve(parent.pipeline as string, parent.table, keys)
    : batch.resolveBy(parent.table, parent.by, keys)
}

import type { EntryText, HeldBefore, NotedLine, StepWrites } from '../target/history.js'
import type { TargetTable } from '../target/table.js'
import { heldRows } from './held-rows.js'
import { planDeletes } from './plan-deletes.js'
import { planRestores, type PlannedRestore } from './plan-restores.js'
import type { Undoing } from './undoing.js'

/** What is to be done to take a step back in one table. */
export interface PlannedStep {
  /** Rows that get back what they held. */
  readonly restores: readonly PlannedRestore[]
  /** Rows that the step inserted. */
  readonly deletes: readonly string[]
  /** Rows that the step deleted. */
  readonly inserts: readonly HeldBefore[]
  readonly entries: readonly PlannedEntry[]
}

/** What a legacy key had in the ledger. */
export interface PlannedEntry {
  readonly pipeline: string
  readonly legacyKey: string
  readonly rowKey: string
  /** Null: it had none. */
  readonly entry: EntryText | null
}

/** Decides what is taken back of a step, and notes what is left alone since somebody edited it. */
export async function planStep(
  { batch, left }: Undoing,
  table: TargetTable,
  { lines, added }: StepWrites,
): Promise<PlannedStep> {
  const updates = lines.filter(({ action, before }) => action === 'update' && before !== null)
  const made = [
    ...added.filter((entry) => entry.made),
    ...lines.filter(({ action, standing }) => action === 'insert' && standing === 'here'),
  ]
  const rowKeys = [...new Set([...updates, ...made].map(({ rowKey }) => rowKey))]
  // An edit that lands between the look and the write would be lost.
  await batch.hold(table, rowKeys)
  const all = new Set(table.columns.filter(({ generated }) => !generated).map(({ name }) => name))
  const rows = await heldRows(batch, table, all, rowKeys)
  const restores = planRestores(left, table, updates, rows)
  const deletes = planDeletes(left, table, made, rows)
  const inserts = lines.flatMap(({ action, rowKey, before }) =>
    action === 'delete' && before !== null ? [{ rowKey, values: before }] : [],
  )
  const entries = [
    ...lines.flatMap(entryBefore),
    ...added.map(({ pipeline, legacyKey, rowKey }) => ({ pipeline, legacyKey, rowKey, entry: null })),
  ]
  return { restores, deletes, inserts, entries }
}

function entryBefore({ pipeline, legacyKey, rowKey, action, entry, standing }: NotedLine): PlannedEntry[] {
  // An entry that the step deleted is gone; whatever else stands there was left by a later step, and goes on standing.
  const isDue = standing === 'here' || (standing === 'gone' && action === 'link')
  return legacyKey !== null && isDue ? [{ pipeline, legacyKey, rowKey, entry }] : []
}

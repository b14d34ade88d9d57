import { editedColumns, markedColumns } from '../record/applied-marks.js'
import type { Batch, OwnedEntry } from '../target/batch.js'
import type { TargetTable } from '../target/table.js'

/** Entries whose row holds what was applied. Where nothing was noted of it, an edit cannot be ruled out. */
export async function withoutEdited(
  batch: Batch,
  table: TargetTable,
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
      return editedColumns(marks, current).every((column) => !live.has(column))
    })
    .map(({ entry }) => entry)
}

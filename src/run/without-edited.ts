import { editedColumns, parseMarks } from '../record/applied-marks.js'
import type { Batch, OwnedEntry } from '../target/batch.js'
import type { TargetTable } from '../target/table.js'
import { heldValues } from './read-stamps.js'

/** Entries whose row holds what was applied. Where nothing was noted of it, an edit cannot be ruled out. */
export async function withoutEdited(
  batch: Batch,
  table: TargetTable,
  entries: readonly OwnedEntry[],
): Promise<OwnedEntry[]> {
  const marked = entries.flatMap((entry) =>
    entry.applied === null ? [] : [{ entry, marks: parseMarks(entry.applied) }],
  )
  const noted = new Set(marked.flatMap(({ marks }) => [...marks.keys()]))
  const columns = table.columns.filter(({ name }) => noted.has(name))
  const held = await heldValues(
    batch,
    table,
    columns.map(({ name }) => name),
    new Map(marked.map(({ entry }, ordinal) => [ordinal, entry.rowKey])),
  )
  return marked
    .filter(({ marks }, ordinal) => {
      const texts = new Map((held.get(ordinal) ?? []).map((item) => [item.column, item.current]))
      const current = new Map(
        columns.map(({ name, type }) => [name, { kind: type.kind, text: texts.get(name) ?? null }]),
      )
      return editedColumns(marks, current).length === 0
    })
    .map(({ entry }) => entry)
}

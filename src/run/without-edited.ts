import { parseMarks } from '../record/applied-marks.js'
import { editedColumns, editedSinceInsert } from '../record/edited-columns.js'
import type { Batch, OwnedEntry } from '../target/batch.js'
import { heldRows } from './held-rows.js'
import { knownDefaults } from './known-defaults.js'
import type { PreparedPipeline } from './prepared-pipeline.js'

/**
 * Entries whose row holds what was applied, and where carryover made it nothing beside that. Where nothing was noted of it, an
 * edit cannot be ruled out. What carryover fills in by itself says nothing: another pipeline may have written the row; nor does what
 * another pipeline gives, beside what this one has noted.
 */
export async function withoutEdited(
  batch: Batch,
  { table, columns, others }: PreparedPipeline,
  entries: readonly OwnedEntry[],
): Promise<OwnedEntry[]> {
  const own = new Set(columns.filter(({ timing }) => timing !== 'always').map(({ name }) => name))
  const names = table.columns.filter(({ name, generated }) => !generated && !own.has(name))
  const marked = entries.filter((entry) => entry.applied !== null)
  const rows = await heldRows(
    batch,
    table,
    new Set(names.map(({ name }) => name)),
    marked.map(({ rowKey }) => rowKey),
  )
  const defaults = knownDefaults(table)
  return marked.filter(({ applied, rowKey, made }) => {
    const row = rows.get(rowKey)
    if (row === undefined) return false
    const marks = parseMarks(applied)
    const seen = new Map([...row].filter(([column]) => marks.has(column) || !others.has(column)))
    const edited = made ? editedSinceInsert(marks, seen, defaults) : editedColumns(marks, seen)
    return edited.length === 0
  })
}

import { parseMarks } from '../record/applied-marks.js'
import { editedSinceInsert, type HeldRow } from '../record/edited-columns.js'
import type { TargetTable } from '../target/table.js'
import { knownDefaults } from './known-defaults.js'
import type { LeftRows } from './left-alone.js'

/** Which of the rows that a step inserted are still as it left them; notes the others. */
export function planDeletes(
  left: LeftRows,
  table: TargetTable,
  made: readonly { readonly rowKey: string; readonly applied: string | null }[],
  rows: ReadonlyMap<string, HeldRow>,
): string[] {
  const defaults = knownDefaults(table)
  return made.flatMap(({ rowKey, applied }) => {
    const row = rows.get(rowKey)
    if (row === undefined || left.keepsRow(table.name, rowKey)) return []
    const columns = editedSinceInsert(parseMarks(applied), row, defaults)
    if (columns.length === 0) return [rowKey]
    left.add({ table: table.name, rowKey, columns, reason: 'edited' })
    left.keepRow(table.name, rowKey)
    return []
  })
}

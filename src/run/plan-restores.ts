import { parseMarks } from '../record/applied-marks.js'
import { decideRestoring } from '../record/decide-restoring.js'
import { editedSinceInsert, type HeldRow } from '../record/edited-columns.js'
import type { HeldBefore, NotedLine } from '../target/history.js'
import type { TargetTable } from '../target/table.js'
import { knownDefaults } from './known-defaults.js'
import type { LeftRows } from './left-alone.js'

/** A row that gets back what it held. */
export interface PlannedRestore extends HeldBefore {
  /** It stays, and it is a row of its own in the report: not one that is deleted by an earlier step, or was parked alone. */
  readonly counts: boolean
  /** Other steps restore the same row. */
  readonly again: boolean
}

/** What the rows of a step get back; notes what is left alone. */
export function planRestores(
  left: LeftRows,
  table: TargetTable,
  updates: readonly NotedLine[],
  rows: ReadonlyMap<string, HeldRow>,
): PlannedRestore[] {
  const defaults = knownDefaults(table)
  const restores = new Map<string, PlannedRestore & { readonly values: Map<string, string | null> }>()
  for (const line of updates) {
    const { rowKey, legacyKey } = line
    // A row alone stands where the later steps of its run have left it.
    if (legacyKey !== null && line.standing !== 'here') continue
    const row = rows.get(rowKey)
    if (row === undefined) {
      if (legacyKey !== null && !line.madeHere)
        left.add({ table: table.name, rowKey, columns: [], reason: 'deleted' })
      continue
    }
    const restored = restoredColumns(left, table, line, row, defaults)
    if (restored.length === 0) continue
    const known = restores.get(rowKey)
    const values = known?.values ?? new Map<string, string | null>()
    for (const column of restored) values.set(column, line.before?.get(column) ?? null)
    const counts = (known?.counts ?? false) || (legacyKey !== null && !line.madeHere)
    restores.set(rowKey, { rowKey, values, counts, again: line.again })
  }
  return [...restores.values()]
}

function restoredColumns(
  left: LeftRows,
  table: TargetTable,
  { rowKey, before, applied, madeHere }: NotedLine,
  row: HeldRow,
  defaults: ReadonlyMap<string, string | null>,
): readonly string[] {
  const marks = parseMarks(applied)
  // A row that is to be deleted by an earlier step is given up as soon as it shows that somebody edited it.
  const editedAtAll = madeHere ? editedSinceInsert(marks, row, defaults) : []
  if (editedAtAll.length > 0) {
    left.add({ table: table.name, rowKey, columns: editedAtAll, reason: 'edited' })
    left.keepRow(table.name, rowKey)
    return []
  }
  const written = [...(before?.keys() ?? [])].filter((column) => !left.keeps(table.name, rowKey, column))
  const { restored, edited, heldBack } = decideRestoring(written, marks, row)
  if (edited.length > 0) left.add({ table: table.name, rowKey, columns: [...edited], reason: 'edited' })
  left.keepColumns(table.name, rowKey, heldBack)
  return restored
}

import { parseMarks } from '../record/applied-marks.js'
import { decideRestoring, editedSinceInsert } from '../record/decide-undo.js'
import { columnDefault } from '../target/column-default.js'
import type { EntryText, HeldBefore, NotedLine, StepWrites } from '../target/history.js'
import type { TargetTable } from '../target/table.js'
import { heldRows } from './held-rows.js'
import type { Undoing } from './undoing.js'

/** What is to be done to take a step back in one table. */
export interface PlannedStep {
  /** Rows that get back what they held. */
  readonly restores: readonly (HeldBefore & { readonly counts: boolean })[]
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
  /** It is put back only when its row is deleted, or there again. */
  readonly waitsForRow: boolean
}

/** Decides what is taken back of a step, and notes what is left alone since somebody edited it. */
export async function planStep(
  { batch, left }: Undoing,
  table: TargetTable,
  { lines, added }: StepWrites,
): Promise<PlannedStep> {
  const updates = lines.filter(({ action, before }) => action === 'update' && before !== null)
  const removed = lines.filter(({ action, before }) => action === 'delete' && before !== null)
  const made = [
    ...added.filter((entry) => entry.made),
    ...lines.filter(({ action, standing }) => action === 'insert' && standing === 'here'),
  ]
  const all = new Set(table.columns.filter(({ generated }) => !generated).map(({ name }) => name))
  const rows = await heldRows(batch, table, all, [
    ...new Set([...updates, ...made].map(({ rowKey }) => rowKey)),
  ])
  const defaults = knownDefaults(table)
  const restores = new Map<string, { values: Map<string, string | null>; counts: boolean }>()
  const staying = new Set<NotedLine>()

  for (const line of updates) {
    const { rowKey, before, legacyKey, standing, madeHere } = line
    const row = rows.get(rowKey)
    // A row alone stands where the later steps of its run have left it.
    if (legacyKey !== null && standing !== 'here') continue
    if (row === undefined) {
      if (!madeHere && legacyKey !== null)
        left.add({ table: table.name, rowKey, columns: [], reason: 'deleted' })
      continue
    }
    const marks = parseMarks(line.applied)
    const editedHere = madeHere ? editedSinceInsert(marks, row, defaults) : []
    if (editedHere.length > 0) {
      left.add({ table: table.name, rowKey, columns: editedHere, reason: 'edited' })
      staying.add(line)
      continue
    }
    const written = [...(before ?? new Map<string, null>()).keys()].filter(
      (column) => !left.has(table.name, rowKey, column),
    )
    const { restored, edited } = decideRestoring(written, marks, row)
    if (edited.length > 0) left.add({ table: table.name, rowKey, columns: [...edited], reason: 'edited' })
    const known = restores.get(rowKey) ?? { values: new Map<string, string | null>(), counts: false }
    // The first of several lines of a row, which comes last here, has what the row held before all of them.
    for (const column of restored) known.values.set(column, before?.get(column) ?? null)
    restores.set(rowKey, { ...known, counts: known.counts || (legacyKey !== null && !madeHere) })
  }

  const deletes: string[] = []
  const edited = new Set<string>()
  for (const { rowKey, applied } of made) {
    const row = rows.get(rowKey)
    if (row === undefined) continue
    const columns = editedSinceInsert(parseMarks(applied), row, defaults)
    if (columns.length === 0) deletes.push(rowKey)
    else {
      left.add({ table: table.name, rowKey, columns, reason: 'edited' })
      edited.add(rowKey)
    }
  }

  const isStaying = (line: NotedLine) =>
    staying.has(line) || (line.action === 'insert' && edited.has(line.rowKey))
  const entries: PlannedEntry[] = [
    ...lines.flatMap((line) => entryOf(line, isStaying(line))),
    ...added.flatMap(({ pipeline, legacyKey, rowKey, made: isMade }) =>
      isMade && edited.has(rowKey) ? [] : [{ pipeline, legacyKey, rowKey, entry: null, waitsForRow: isMade }],
    ),
  ]
  return {
    restores: [...restores].map(([rowKey, one]) => ({ rowKey, ...one })),
    deletes,
    inserts: removed.map(({ rowKey, before }) => ({ rowKey, values: before ?? new Map<string, null>() })),
    entries,
  }
}

function entryOf(line: NotedLine, isStaying: boolean): PlannedEntry[] {
  const { pipeline, legacyKey, rowKey, action, entry, standing } = line
  if (legacyKey === null || isStaying) return []
  // An entry that the step deleted is gone; whatever else stands there was left by a later step, and goes on standing.
  if (standing === 'elsewhere' || (standing === 'gone' && action !== 'link')) return []
  return [{ pipeline, legacyKey, rowKey, entry, waitsForRow: action === 'insert' || standing === 'gone' }]
}

/** What columns hold in a row that is inserted without them, where that can be told. */
function knownDefaults(table: TargetTable): Map<string, string | null> {
  return new Map(
    table.columns.flatMap((column): [string, string | null][] => {
      if (column.generated || table.rowKey.includes(column.name)) return []
      const text = columnDefault(column)
      const isExpression =
        text !== null && text === column.defaultSql && !/^(-?[\d.]+|true|false)$/i.test(text)
      return isExpression ? [] : [[column.name, text]]
    }),
  )
}

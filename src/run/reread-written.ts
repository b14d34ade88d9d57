import { markOf, parseMarks, printMarks, type AppliedMarks } from '../record/applied-marks.js'
import type { AppliedNote, Batch, Difference } from '../target/batch.js'
import type { Applied, Write } from '../target/writes.js'
import { columnDefault } from '../target/column-default.js'
import type { TableColumn } from '../target/table.js'
import type { ColumnType } from '../target/value/column-type.js'
import { compareRows, notHolding, openNames } from './compare-rows.js'
import { heldValues } from './read-stamps.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy } from './records.js'

/**
 * Reads back what was written; answers how many rows do not hold it. What the database made of a value, by a trigger or by its
 * type, is noted in the ledger, so that it is not taken for somebody's edit.
 */
export async function rereadWritten(
  prepared: PreparedPipeline,
  batch: Batch,
  writes: readonly Write[],
  written: readonly EncodedLegacy[],
  { rowKeys, holding }: Applied,
): Promise<number> {
  const unread = written.filter(({ ordinal }) => !holding.has(ordinal))
  const others = await notHolding(batch, prepared, unread, rowKeys)
  await noteOf(prepared, batch, writes, rowKeys, columnsToNote(prepared, others), written)
  if (others.size === 0) return 0
  const differing = written.filter(({ ordinal }) => others.has(ordinal))
  return countLost(writes, await compareRows(batch, prepared, differing, rowKeys))
}

/** How many rows do not hold what was written; an update leaves alone what it keeps. */
function countLost(writes: readonly Write[], differing: ReadonlyMap<number, readonly Difference[]>): number {
  const isLost = ({ ordinal, action, changed }: Write) =>
    differing.get(ordinal)?.some(({ column }) => action === 'insert' || changed.has(column)) === true
  return writes.filter(isLost).length
}

/** For a record the columns whose values are to be read: all where the row holds something else, or where triggers are at work. */
function columnsToNote(
  { columns, compared, table }: PreparedPipeline,
  others: ReadonlySet<number>,
): (record: EncodedLegacy) => readonly string[] {
  const given = new Set(columns.map(({ name }) => name))
  const left = table.columns.filter(({ name, generated }) => !generated && !given.has(name))
  const whole = [...given].filter((name) => !table.rowKey.includes(name))
  const everything = table.hasTriggers ? [...whole, ...left.map(({ name }) => name)] : whole
  const reprinted = columns
    .filter(({ name, live }) => compared.includes(name) && isReprinted(live.type))
    .map(({ name }) => name)
  return ({ ordinal }) => (table.hasTriggers || others.has(ordinal) ? everything : reprinted)
}

/** Types that print equal values in several ways, of which carryover has no one form. */
function isReprinted(type: ColumnType): boolean {
  return type.kind === 'other' || type.kind === 'array' || (type.kind === 'text' && type.padded === true)
}

async function noteOf(
  prepared: PreparedPipeline,
  batch: Batch,
  writes: readonly Write[],
  rowKeys: ReadonlyMap<number, string>,
  columnsOf: (record: EncodedLegacy) => readonly string[],
  written: readonly EncodedLegacy[],
): Promise<void> {
  const { table, pipeline } = prepared
  const shapes = new Map<readonly string[], EncodedLegacy[]>()
  for (const record of written) {
    const columns = columnsOf(record)
    if (columns.length === 0) continue
    const alike = shapes.get(columns)
    if (alike === undefined) shapes.set(columns, [record])
    else alike.push(record)
  }
  if (shapes.size === 0) return
  const live = new Map(table.columns.map((column) => [column.name, column]))
  const writeOf = new Map(writes.map((write) => [write.ordinal, write]))
  const notes: AppliedNote[] = []
  for (const [columns, records] of shapes) {
    const held = await heldValues(
      batch,
      table,
      columns,
      new Map(records.map(({ ordinal }) => [ordinal, rowKeys.get(ordinal) as string])),
    )
    for (const record of records) {
      const write = writeOf.get(record.ordinal)
      if (write === undefined || write.applied === null) continue
      const current = new Map((held.get(record.ordinal) ?? []).map((item) => [item.column, item.current]))
      const open = openNames(prepared, record)
      // What the row keeps of somebody else is none of ours.
      const isOurs = (name: string) =>
        !open.has(name) &&
        (write.action === 'insert' || write.changed.has(name) || !prepared.isCompared.has(name))
      const after = printMarks(
        columns
          .filter(isOurs)
          .reduce(
            (marks, name) => withColumn(marks, live.get(name) as TableColumn, current.get(name) ?? null),
            parseMarks(write.applied),
          ),
      )
      if (after !== write.applied) notes.push({ legacyKey: record.legacyKey, applied: after })
    }
  }
  if (notes.length > 0) await batch.noteApplied(pipeline.name, notes)
}

/** The marks with what a column holds; what the database fills in by itself in every row needs none. */
function withColumn(marks: AppliedMarks, column: TableColumn, text: string | null): AppliedMarks {
  const { name, type } = column
  const known = marks.get(name)
  const held = markOf(type.kind, text)
  if (known === undefined ? text === columnDefault(column) : known.held === held || known.held === undefined)
    return marks
  return new Map([...marks, [name, { source: known?.source, held }]])
}

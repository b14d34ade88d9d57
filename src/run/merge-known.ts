import { parseMarks } from '../record/applied-marks.js'
import { mergeColumns } from '../record/merge-columns.js'
import type { Batch, Difference, Recall } from '../target/batch.js'
import { columnStates } from './column-states.js'
import { compareRows } from './compare-rows.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy } from './records.js'

/** Records with what their rows will hold. */
export interface Merged {
  readonly open: readonly EncodedLegacy[]
  /** In which columns the records that were compared differ from their rows, by ordinal. */
  readonly differences: ReadonlyMap<number, readonly Difference[]>
}

/**
 * Merges records into the rows that they are known to own, before anything is matched: a value that is not going to be written,
 * since somebody edited it, is wanted from nobody, and one that stays is free for nobody.
 */
export async function mergeKnown(
  prepared: PreparedPipeline,
  batch: Batch,
  open: readonly EncodedLegacy[],
  { known }: Recall,
): Promise<Merged> {
  const { names, pipeline } = prepared
  const rowKeys = new Map<number, string>()
  for (const { ordinal } of open) {
    const entry = known.get(ordinal)
    // Nothing was ever applied to a row without marks: it is adopted.
    if (entry?.rowExists === true && entry.role !== 'alias' && entry.applied !== null)
      rowKeys.set(ordinal, entry.rowKey)
  }
  if (rowKeys.size === 0) return { open, differences: new Map() }
  const compared = open.filter(({ ordinal }) => rowKeys.has(ordinal))
  const found = await compareRows(batch, prepared, compared, rowKeys)
  const merged = (record: EncodedLegacy): EncodedLegacy => {
    const differences = found.get(record.ordinal)
    if (differences === undefined) return record
    const applied = parseMarks(known.get(record.ordinal)?.applied ?? null)
    const { changed, conflicts } = mergeColumns(columnStates(prepared, record, differences), applied)
    const written = new Set(pipeline.policies.edited === 'keep' ? changed : [...changed, ...conflicts])
    const stays = new Map(
      differences.flatMap(({ column, current }) => (written.has(column) ? [] : [[column, current]])),
    )
    if (stays.size === 0) return record
    return {
      ...record,
      merged: record.texts.map((text, index) => {
        const held = stays.get(names[index] ?? '')
        return held === undefined ? text : held
      }),
    }
  }
  const differences = new Map(compared.map(({ ordinal }) => [ordinal, found.get(ordinal) ?? []]))
  return { open: open.map(merged), differences }
}

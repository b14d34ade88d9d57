import type { Staged } from '../target/batch.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy } from './records.js'

/** Records as the target takes them: canonical text for the columns named. */
export function stagedOf(
  prepared: PreparedPipeline,
  records: readonly EncodedLegacy[],
  columns: readonly string[],
): Staged {
  const { table, names } = prepared
  const positions = columns.map((column) => names.indexOf(column))
  return {
    table,
    columns,
    rows: records.map((record) => ({
      ordinal: record.ordinal,
      values: columns === names ? record.texts : positions.map((position) => record.texts[position] ?? null),
    })),
  }
}

/** Records with all columns as their rows will hold them. */
export function stagedAsMerged(
  { table, names }: PreparedPipeline,
  records: readonly EncodedLegacy[],
): Staged {
  const rows = records.map(({ ordinal, merged, texts }) => ({ ordinal, values: merged ?? texts }))
  return { table, columns: names, rows }
}

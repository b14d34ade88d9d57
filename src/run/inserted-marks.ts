import { joinMarks, markOf, printMark } from '../record/applied-marks.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy } from './records.js'

/**
 * What the ledger keeps of a row that is inserted, printed: every column holds what the source gave, or what carryover fills in.
 * Those that are still open are left out, and the row key, which nobody changes.
 */
export function insertedMarks(
  { columns, isCompared }: PreparedPipeline,
  { open }: EncodedLegacy,
  values: readonly (string | null)[],
): string {
  const marks: string[] = []
  for (let index = 0; index < columns.length; index += 1) {
    const { name, quoted, live, timing } = columns[index] as PreparedPipeline['columns'][number]
    const isGiven = isCompared.has(name)
    if (open?.has(index) === true || (!isGiven && timing === 'always')) continue
    const mark = markOf(live.type.kind, values[index] ?? null)
    marks.push(printMark(quoted, isGiven ? { source: mark, held: mark } : { source: undefined, held: mark }))
  }
  return joinMarks(marks)
}

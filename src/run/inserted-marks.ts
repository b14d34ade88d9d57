import { newRowMarks } from '../record/new-row-marks.js'
import type { PreparedPipeline } from './prepared-pipeline.js'

/**
 * What prints what the ledger keeps of a row that is inserted: every column holds what the source gave, or what carryover fills
 * in. The row key is left out, which nobody changes.
 */
export function insertedMarks(
  columns: PreparedPipeline['columns'],
  compared: readonly string[],
): PreparedPipeline['insertedMarks'] {
  const marked = columns.flatMap(({ name, quoted, live, timing }, position) => {
    const isGiven = compared.includes(name)
    return isGiven || timing !== 'always' ? [{ quoted, kind: live.type.kind, isGiven, position }] : []
  })
  return newRowMarks(marked)
}

import type { Batch } from '../target/batch.js'
import type { AppliedBatch } from './apply-batch.js'
import type { Settled } from './decide-batch.js'
import type { PipelineState } from './pipeline-state.js'
import type { EncodedLegacy } from './records.js'
import { rereadWritten } from './reread-written.js'
import { withoutForeseen } from './without-foreseen.js'
import { insertOf } from './write-of.js'

const inserted: Settled['decision'] = { kind: 'insert' }
const noDifferences: Settled['differences'] = []

/**
 * Inserts the records of a first import without asking first who holds their unique values: whoever does makes the database refuse,
 * and a batch that it takes as a whole would have been found free. Undefined when it refuses one of them, or one would be refused:
 * nothing is written then, and they are matched one by one.
 *
 * Not where triggers are at work, which may write another value than the one that would have been asked for; not where the database
 * draws numbers, which a refused attempt would burn; and not in a rerun, which is to write nothing, not even what is taken back.
 */
export async function insertUnprobed(
  { prepared, context, hope, isFirst }: PipelineState,
  batch: Batch,
  records: readonly EncodedLegacy[],
): Promise<AppliedBatch | undefined> {
  const { pipeline, table, names, compared } = prepared
  const draws = table.sequences.some(({ column }) => !names.includes(column))
  if (!isFirst || records.length === 0 || table.hasTriggers || draws) return undefined
  if (!hope.isWorthATry()) return undefined
  const decided = records.map(asInserted)
  const { rejected } = await withoutForeseen(prepared, batch, decided)
  const { runId } = context
  const writes = rejected.length > 0 ? [] : records.map((record) => insertOf(prepared, record, record.texts))
  const applied =
    rejected.length > 0
      ? undefined
      : await batch.insertAll({ pipeline: pipeline.name, runId, table, columns: names, compared, writes })
  if (applied === undefined) {
    hope.failed()
    return undefined
  }
  hope.worked()
  const notHolding = await rereadWritten(prepared, batch, writes, records, applied)
  return {
    settled: decided,
    ownersGained: decided.length,
    rowKeys: applied.rowKeys,
    rejected: [],
    refused: [],
    contested: [],
    moved: [],
    written: decided.length,
    notHolding,
  }
}

function asInserted(record: EncodedLegacy): Settled {
  return { record, decision: inserted, differences: noDifferences, adopted: false, marks: null }
}

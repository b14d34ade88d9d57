import type { Batch, Hit } from '../target/batch.js'
import type { AppliedBatch } from './apply-batch.js'
import type { Settled } from './decide-batch.js'
import type { PipelineState } from './pipeline-state.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy } from './records.js'
import { rereadWritten } from './reread-written.js'
import { stagedAsMerged } from './staged-of.js'
import { withoutForeseen } from './without-foreseen.js'
import { insertOf } from './write-of.js'

const asNew: Settled['decision'] = { kind: 'insert' }
const noDifferences: Settled['differences'] = []

/** What of a batch was inserted, and who is to be matched with those that are in the way. */
export interface InsertedUnprobed {
  readonly applied: AppliedBatch
  readonly left: readonly EncodedLegacy[]
}

/**
 * Inserts the records of a first import without asking first who holds their unique values: the database does not take a record
 * whose value somebody holds, and those that it takes would have been found free. Who is left is matched as any record is.
 * Undefined when nothing was written.
 *
 * Not where triggers are at work, which may write another value than the one that would have been asked for; not where the database
 * draws numbers, which a refused attempt would burn; and not in a rerun, which is to write nothing, not even what is taken back.
 */
export async function insertUnprobed(
  { prepared, context, hopes, isFirst }: PipelineState,
  batch: Batch,
  records: readonly EncodedLegacy[],
): Promise<InsertedUnprobed | undefined> {
  const { pipeline, table, names, compared } = prepared
  const draws = table.sequences.some(({ column }) => !names.includes(column))
  if (!isFirst || records.length === 0 || table.hasTriggers || draws) return undefined
  if (!hopes.ofSome.isWorthATry()) return undefined
  const decided = records.map(asInserted)
  const { rejected } = await withoutForeseen(prepared, batch, decided)
  const writes = rejected.length > 0 ? [] : records.map((record) => insertOf(prepared, record, record.texts))
  const isHopeful = hopes.ofAll.isWorthATry()
  const changes = { pipeline: pipeline.name, runId: context.runId, table, columns: names, compared, writes }
  const mayStay = (missed: ReadonlySet<number>) => isInTurn(prepared, batch, records, missed)
  const inserted = rejected.length > 0 ? undefined : await batch.insertFree(changes, { isHopeful, mayStay })
  if (inserted === undefined) {
    hopes.ofSome.failed()
    return undefined
  }
  hopes.ofSome.worked()
  const { applied, missed } = inserted
  if (missed.size > 0) hopes.ofAll.failed()
  else if (isHopeful) hopes.ofAll.worked()
  const isTaken = ({ ordinal }: { ordinal: number }) => !missed.has(ordinal)
  const taken = missed.size === 0 ? records : records.filter(isTaken)
  const written = missed.size === 0 ? writes : writes.filter(isTaken)
  const notHolding = await rereadWritten(prepared, batch, written, taken, applied)
  return {
    applied: {
      settled: missed.size === 0 ? decided : taken.map(asInserted),
      ownersGained: taken.length,
      rowKeys: applied.rowKeys,
      rejected: [],
      refused: [],
      contested: [],
      moved: [],
      written: taken.length,
      notHolding,
    },
    left: missed.size === 0 ? [] : records.filter(({ ordinal }) => missed.has(ordinal)),
  }
}

/**
 * False when a record that was missed was kept out by one that stands behind it in the source: the value is the former's. False
 * too when nobody can be told who kept it out.
 */
async function isInTurn(
  prepared: PreparedPipeline,
  batch: Batch,
  records: readonly EncodedLegacy[],
  missed: ReadonlySet<number>,
): Promise<boolean> {
  const left = records.filter(({ ordinal }) => missed.has(ordinal))
  const staged = stagedAsMerged(prepared, left)
  const { hits } = await batch.probe(prepared.pipeline.name, prepared.givenKeys, staged)
  const places = new Map(records.map(({ legacyKey, ordinal }) => [legacyKey, ordinal]))
  const isBehind = ({ ordinal, owner }: Hit) => owner !== null && (places.get(owner) ?? -1) > ordinal
  return !hits.some(isBehind) && new Set(hits.map(({ ordinal }) => ordinal)).size === missed.size
}

function asInserted(record: EncodedLegacy): Settled {
  return { record, decision: asNew, differences: noDifferences, adopted: false, marks: null }
}

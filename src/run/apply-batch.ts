import type { Batch, Recall } from '../target/batch.js'
import type { Failure, Write } from '../target/writes.js'
import { rereadWritten } from './reread-written.js'
import type { Settled } from './decide-batch.js'
import { describeFailure } from './describe-failure.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import { placeOf, type EncodedLegacy, type RejectedLegacy } from './records.js'
import { stagedAsMerged } from './staged-of.js'
import { readStamps } from './read-stamps.js'
import { writeOf } from './write-of.js'

/** What came of writing a batch. */
export interface AppliedBatch {
  readonly settled: readonly Settled[]
  /** How many more of the ledger's records own a row than before. */
  readonly ownersGained: number
  /** Row keys of what was written, by ordinal. */
  readonly rowKeys: ReadonlyMap<number, string>
  readonly rejected: readonly RejectedLegacy[]
  /** Those of the rejected that are duplicates: the ledger keeps where references to them lead. */
  readonly refused: readonly EncodedLegacy[]
  /** Records whose unique value somebody holds who may still give it up. */
  readonly contested: readonly EncodedLegacy[]
  /** Records whose row somebody changed since it was read: they are decided anew. */
  readonly moved: readonly EncodedLegacy[]
  readonly written: number
  /** Written records whose row, read back, does not hold what was written. */
  readonly notHolding: number
}

/** Writes a batch, sorts out what the database refused, and reads back what it took. */
export async function applyBatch(
  prepared: PreparedPipeline,
  batch: Batch,
  runId: number,
  passed: readonly Settled[],
  recall: Recall,
  final: boolean,
): Promise<AppliedBatch> {
  const { pipeline, table, names, compared } = prepared
  const stamps = await readStamps(prepared, batch, passed)
  const writes = passed.flatMap((item) => writeOf(prepared, item, recall, stamps.get(item.record.ordinal)))
  const applied = await batch.apply({
    pipeline: pipeline.name,
    runId,
    table,
    columns: names,
    compared,
    writes,
  })
  const failed = new Map(applied.failures.map((failure) => [failure.ordinal, failure]))
  const contested: EncodedLegacy[] = []
  const moved: EncodedLegacy[] = []
  const rejected: RejectedLegacy[] = []
  for (const { record } of passed) {
    if (applied.moved.has(record.ordinal)) moved.push(record)
    const failure = failed.get(record.ordinal)
    if (failure === undefined) continue
    // Somebody took the value between the look-up and the write, or it frees up later in this run.
    if (failure.code === 'unique_conflict' && !final) contested.push(record)
    else {
      const holder = await holderOf(prepared, batch, record, failure)
      rejected.push({ ...placeOf(record), reject: describeFailure(failure, holder) })
    }
  }
  const isMissed = (ordinal: number) => failed.has(ordinal) || applied.moved.has(ordinal)
  const taken = passed.filter((item) => !isMissed(item.record.ordinal))
  const refused: EncodedLegacy[] = []
  const settled = taken.filter(({ record, decision }) => {
    if (decision.kind !== 'alias' || decision.reject === undefined) return true
    rejected.push({ ...placeOf(record), reject: decision.reject })
    refused.push(record)
    return false
  })
  const written = settled.filter(({ decision }) => isWrite(decision)).map((item) => item.record)
  const notHolding = await rereadWritten(prepared, batch, writes, written, applied)
  const gain = ({ ordinal, role, formerOwner }: Write) => {
    const owned = Number(recall.known.get(ordinal)?.role === 'owner') + Number(formerOwner !== null)
    return Number(role === 'owner') - owned
  }
  const kept = writes.filter(({ ordinal }) => !isMissed(ordinal))
  if (kept.some((write) => movesRow(write, recall))) await batch.noteMoved({ pipeline: pipeline.name, runId })
  const ownersGained = kept.reduce((sum, write) => sum + gain(write), 0)
  return {
    settled,
    ownersGained,
    rowKeys: applied.rowKeys,
    rejected,
    refused,
    contested,
    moved,
    written: written.length,
    notHolding,
  }
}

/** What came of two parts of a batch. */
export function joinApplied(one: AppliedBatch, other: AppliedBatch): AppliedBatch {
  return {
    settled: [...one.settled, ...other.settled],
    ownersGained: one.ownersGained + other.ownersGained,
    rowKeys: new Map([...one.rowKeys, ...other.rowKeys]),
    rejected: [...one.rejected, ...other.rejected],
    refused: [...one.refused, ...other.refused],
    contested: [...one.contested, ...other.contested],
    moved: [...one.moved, ...other.moved],
    written: one.written + other.written,
    notHolding: one.notHolding + other.notHolding,
  }
}

/** What refers to a record by its legacy key may lead to another row from now on. */
function movesRow({ ordinal, action, known, rowKey, formerOwner }: Write, recall: Recall): boolean {
  if (formerOwner !== null) return true
  return known && (action !== 'update' || rowKey !== recall.known.get(ordinal)?.rowKey)
}

function isWrite({ kind }: Settled['decision']): boolean {
  return kind === 'insert' || kind === 'update'
}

/** The row that holds the unique value of a refused record. */
async function holderOf(
  prepared: PreparedPipeline,
  batch: Batch,
  record: EncodedLegacy,
  failure: Failure,
): Promise<string | undefined> {
  if (failure.code !== 'unique_conflict' || failure.constraint === undefined) return undefined
  const staged = stagedAsMerged(prepared, [record])
  const { hits } = await batch.probe(prepared.pipeline.name, [failure.constraint], staged)
  return hits[0]?.rowKey
}

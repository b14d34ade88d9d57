import { appliedMarks } from '../record/applied-marks.js'
import type { Batch, Failure, Recall, Write } from '../target/batch.js'
import { countNotHolding } from './compare-rows.js'
import type { Settled } from './decide-batch.js'
import { describeFailure } from './describe-failure.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import { placeOf, type EncodedLegacy, type RejectedLegacy } from './records.js'
import { stagedOf } from './staged-of.js'

/** What came of writing a batch. */
export interface AppliedBatch {
  readonly settled: readonly Settled[]
  /** How many of them are new to the ledger and own their row. */
  readonly newEntries: number
  /** Row keys of what was written, by ordinal. */
  readonly rowKeys: ReadonlyMap<number, string>
  readonly rejected: readonly RejectedLegacy[]
  /** Records whose unique value somebody holds who may still give it up. */
  readonly contested: readonly EncodedLegacy[]
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
  const { pipeline, table, names } = prepared
  const writes = passed.flatMap((item) => writeOf(prepared, item, recall))
  const applied = await batch.apply({ pipeline: pipeline.name, runId, table, columns: names, writes })
  const failed = new Map(applied.failures.map((failure) => [failure.ordinal, failure]))
  const contested: EncodedLegacy[] = []
  const rejected: RejectedLegacy[] = []
  for (const { record } of passed) {
    const failure = failed.get(record.ordinal)
    if (failure === undefined) continue
    // Somebody took the value between the look-up and the write, or it frees up later in this run.
    if (failure.code === 'unique_conflict' && !final) contested.push(record)
    else {
      const holder = await holderOf(prepared, batch, record, failure)
      rejected.push({ ...placeOf(record), reject: describeFailure(failure, holder) })
    }
  }
  const taken = passed.filter((item) => !failed.has(item.record.ordinal))
  const settled = taken.filter(({ record, decision }) => {
    if (decision.kind !== 'alias' || decision.reject === undefined) return true
    rejected.push({ ...placeOf(record), reject: decision.reject })
    return false
  })
  const written = settled.filter(({ decision }) => isWrite(decision)).map((item) => item.record)
  const notHolding = await countNotHolding(batch, prepared, written, applied.rowKeys)
  const isNew = ({ ordinal, known, role }: Write) => !known && role === 'owner' && !failed.has(ordinal)
  const newEntries = writes.filter(isNew).length
  return {
    settled,
    newEntries,
    rowKeys: applied.rowKeys,
    rejected,
    contested,
    written: written.length,
    notHolding,
  }
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
  const staged = stagedOf(prepared, [record], prepared.names)
  const { hits } = await batch.probe(prepared.pipeline.name, [failure.constraint], staged)
  return hits[0]?.rowKey
}

/** True when the row holds the record's values afterwards. */
function isApplied(decision: Settled['decision']): boolean {
  const { kind } = decision
  return kind === 'insert' || kind === 'update' || (kind === 'leave' && decision.outcome === 'unchanged')
}

const nothing: ReadonlySet<string> = new Set()

/** What is to be done for one record, as the target takes it; nothing for a record that the ledger knows as it is. */
function writeOf(prepared: PreparedPipeline, item: Settled, recall: Recall): Write[] {
  const { record, decision } = item
  const known = recall.known.has(record.ordinal)
  const base = {
    ordinal: record.ordinal,
    legacyKey: record.legacyKey,
    fingerprint: record.fingerprint,
    known,
    values: record.texts,
    parentKey: record.parentKey,
    applied: isApplied(decision)
      ? appliedMarks(
          prepared.compared,
          prepared.compared.map((column) => record.texts[prepared.names.indexOf(column)] ?? null),
        )
      : null,
  }
  switch (decision.kind) {
    case 'insert':
      return [
        {
          ...base,
          action: 'insert',
          role: decision.role ?? 'owner',
          rowKey: null,
          changed: nothing,
          formerOwner: null,
        },
      ]
    case 'update': {
      const stamps = prepared.columns
        .filter((column) => column.timing === 'change')
        .map((column) => column.name)
      const changed = new Set([...decision.columns, ...stamps])
      return [
        {
          ...base,
          action: 'update',
          role: 'owner',
          rowKey: decision.rowKey,
          changed,
          formerOwner: decision.formerOwner,
        },
      ]
    }
    case 'leave':
    case 'alias': {
      if (!decision.remember) return []
      const link = { ...base, action: 'link', rowKey: decision.rowKey, changed: nothing } as const
      return decision.kind === 'alias'
        ? [{ ...link, role: 'alias', formerOwner: null }]
        : [{ ...link, role: decision.role, formerOwner: decision.formerOwner }]
    }
  }
}

import type { Batch, Recall } from '../target/batch.js'
import { describeFailure } from './describe-failure.js'
import { asEncoded } from './as-encoded.js'
import { encodeFamily } from './encode-family.js'
import { encodeRecord } from './encode-record.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import { placeOf, type EncodedLegacy, type MappedLegacy, type RejectedLegacy } from './records.js'
import { stagedOf } from './staged-of.js'

/** Records as the database will see them, and those it would not take. */
export function encodeBatch(
  prepared: PreparedPipeline,
  records: readonly MappedLegacy[],
): { encoded: EncodedLegacy[]; rejected: RejectedLegacy[] } {
  const encoded: EncodedLegacy[] = []
  const rejected: RejectedLegacy[] = []
  for (const record of records) {
    const result = encodeFamily(prepared, record)
    if ('reject' in result) rejected.push({ ...placeOf(record), reject: result.reject })
    else encoded.push(result.encoded)
  }
  return { encoded, rejected }
}

const noFingerprint = ''

/**
 * Records whose references come with an earlier one of the batch, as far as they are known: so that those after them meet their
 * unique keys. They equal nothing that the ledger has.
 */
export function encodeComing(prepared: PreparedPipeline, records: readonly MappedLegacy[]): EncodedLegacy[] {
  return records.flatMap((record) => {
    const result = encodeRecord(prepared, record.values, new Set(prepared.parents.keys()))
    return 'reject' in result ? [] : [asEncoded(record, { ...result, fingerprint: noFingerprint }, [])]
  })
}

/** The records that are not settled and whose values every type of the database takes. */
export async function openRecords(
  batch: Batch,
  prepared: PreparedPipeline,
  encoded: readonly EncodedLegacy[],
  recall: Recall,
): Promise<{ open: readonly EncodedLegacy[]; rejected: RejectedLegacy[] }> {
  const { settled } = recall
  const unsettled = settled.size === 0 ? encoded : encoded.filter((record) => !settled.has(record.ordinal))
  const failures = await batch.uncastable(stagedOf(prepared, unsettled, prepared.names))
  if (failures.length === 0) return { open: unsettled, rejected: [] }
  const refused = new Map(failures.map((failure) => [failure.ordinal, failure]))
  const rejected: RejectedLegacy[] = []
  const open = unsettled.filter((record) => {
    const failure = refused.get(record.ordinal)
    if (failure !== undefined) rejected.push({ ...placeOf(record), reject: describeFailure(failure) })
    return failure === undefined
  })
  return { open, rejected }
}

import type { Batch, Difference } from '../target/batch.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy } from './records.js'
import { stagedOf } from './staged-of.js'

/** In which columns these records differ from their rows, by ordinal; columns that are still open do not count. */
export async function compareRows(
  batch: Batch,
  prepared: PreparedPipeline,
  records: readonly EncodedLegacy[],
  rowKeys: ReadonlyMap<number, string>,
): Promise<ReadonlyMap<number, readonly Difference[]>> {
  const differing = await batch.differences(stagedOf(prepared, records, prepared.compared), rowKeys)
  for (const record of records) {
    const differences = differing.get(record.ordinal)
    if (record.open === undefined || differences === undefined) continue
    const open = openNames(prepared, record)
    const left = differences.filter((difference) => !open.has(difference.column))
    if (left.length === 0) differing.delete(record.ordinal)
    else differing.set(record.ordinal, left)
  }
  return differing
}

/** Ordinals of records whose row does not hold what was written. */
export async function notHolding(
  batch: Batch,
  prepared: PreparedPipeline,
  written: readonly EncodedLegacy[],
  rowKeys: ReadonlyMap<number, string>,
): Promise<Set<number>> {
  const reread = async (records: readonly EncodedLegacy[], columns: readonly string[]) =>
    records.length === 0 ? [] : batch.reread(stagedOf(prepared, records, columns), rowKeys)
  const open = written.filter((record) => record.open !== undefined)
  if (open.length === 0) return new Set(await reread(written, prepared.compared))
  const whole = written.filter((record) => record.open === undefined)
  const names = new Set(open.flatMap((record) => [...openNames(prepared, record)]))
  const left = prepared.compared.filter((name) => !names.has(name))
  return new Set([...(await reread(whole, prepared.compared)), ...(await reread(open, left))])
}

/** Names of the columns of a record that have no value yet. */
export function openNames(prepared: PreparedPipeline, record: EncodedLegacy): ReadonlySet<string> {
  return new Set([...(record.open ?? [])].map((column) => prepared.names[column] as string))
}

import type { Batch } from '../target/batch.js'
import { ownReferences } from './own-references.js'
import type { PipelineState } from './pipeline-state.js'
import type { Parent } from './prepared-pipeline.js'
import { placeOf, type MappedLegacy, type RejectedLegacy } from './records.js'
import { referredRows } from './referred-rows.js'
import { settleMissing } from './settle-missing.js'

/** References of a batch, resolved as far as they can be. */
export interface Resolution {
  /** Records whose references have their values, or may stay open. */
  readonly ready: readonly MappedLegacy[]
  readonly rejected: readonly RejectedLegacy[]
  /** Records that refer to an earlier one of this batch, which is not there yet. */
  readonly again: readonly MappedLegacy[]
  /** Records that refer to any other record of their own pipeline that is not there yet. */
  readonly later: readonly MappedLegacy[]
  /** Columns that were left empty because their reference leads nowhere. */
  readonly emptied: readonly string[]
}

/**
 * Puts the row key of what they refer to into the records.
 * @param final nothing more will come: a reference to the own pipeline that leads nowhere is missing for good
 */
export async function resolveReferences(
  state: PipelineState,
  batch: Batch,
  records: readonly MappedLegacy[],
  final: boolean,
): Promise<Resolution> {
  const { prepared } = state
  if (prepared.parents.size === 0) return { ready: records, rejected: [], again: [], later: [], emptied: [] }
  const found = await findRows(state, batch, records)
  const refersTo = ownReferences(prepared, records)
  const ready: MappedLegacy[] = []
  const rejected: RejectedLegacy[] = []
  const again: MappedLegacy[] = []
  const later: MappedLegacy[] = []
  const emptied: string[] = []
  const coming = new Set<MappedLegacy>()
  for (const record of records) {
    const values = [...record.values]
    const missing = new Map<number, string>()
    for (const { column, legacyKey } of record.references) {
      // Whoever opens a circle opens all of it, whatever is there by then: the counts do not rest on the batches.
      const opens = record.circle?.kind === 'nullable' && record.circle.columns.has(column)
      const rowKey = opens ? undefined : found.get(column)?.get(legacyKey)
      values[column] = rowKey ?? null
      if (rowKey === undefined) missing.set(column, legacyKey)
    }
    const settled = await settleMissing(state, record, missing, final)
    if ('reject' in settled) rejected.push({ ...placeOf(record), reject: settled.reject })
    else if ('waits' in settled) {
      const ahead = new Set(refersTo(record).flatMap(({ column, to }) => (coming.has(to) ? [column] : [])))
      const soon = settled.waits.every((column) => ahead.has(column))
      ;(soon ? again : later).push(record)
      if (soon) coming.add(record)
    } else {
      coming.add(record)
      for (const column of settled.emptied) emptied.push(prepared.names[column] as string)
      const { open: _, ...bare } = record
      ready.push(settled.open.size === 0 ? { ...bare, values } : { ...bare, values, open: settled.open })
    }
  }
  return { ready, rejected, again, later, emptied }
}

/** By column: key → row key. */
async function findRows(
  { prepared, resolved }: PipelineState,
  batch: Batch,
  records: readonly MappedLegacy[],
): Promise<Map<number, ReadonlyMap<string, string>>> {
  const found = new Map<number, ReadonlyMap<string, string>>()
  for (const [column, parent] of prepared.parents as ReadonlyMap<number, Parent>) {
    const keys = new Set(
      records.flatMap((record) =>
        record.references.filter((open) => open.column === column).map((open) => open.legacyKey),
      ),
    )
    found.set(column, await referredRows(batch, parent, resolved, keys))
  }
  return found
}

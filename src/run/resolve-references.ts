import type { Reject } from '../record/reject.js'
import type { Batch } from '../target/batch.js'
import { inChild, nameInRecord } from './map-family.js'
import { ownReferences } from './own-references.js'
import type { PipelineState } from './pipeline-state.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import { placeOf, type MappedLegacy, type RejectedLegacy } from './records.js'
import { referredRows } from './referred-rows.js'
import { missingStub, settleMissing, type SettledMissing } from './settle-missing.js'
import type { AskStubs, MadeStub, StubAnswer } from './stub-answers.js'

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
  /** Stubs that were made, and the records that asked for one: where these are not settled, their stubs may not stay. */
  readonly stubs: readonly MadeStub[]
  readonly hosts: readonly MappedLegacy[]
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
  askStubs: AskStubs,
): Promise<Resolution> {
  const { prepared } = state
  if (prepared.parents.size === 0)
    return { ready: records, rejected: [], again: [], later: [], emptied: [], hosts: [], stubs: [] }
  const found = await findRows(state, batch, records)
  const refersTo = ownReferences(prepared, records)
  const missings = records.map((record) => missingOf(record, found))
  // Also at the end a record waits for one of its batch that is written first, or refused first.
  const places = new Map(records.map((record, place) => [record, place]))
  const placeIn = (record: MappedLegacy) => places.get(record) as number
  const isAhead = (record: MappedLegacy, asked: number) =>
    refersTo(record).some(({ column, to }) => column === asked && placeIn(to) < placeIn(record))
  const settled = await Promise.all(
    records.map((record, index) =>
      settleMissing(state, record, missings[index] ?? nothing, (column) => !final || isAhead(record, column)),
    ),
  )
  const stubs = await askStubs(
    state,
    batch,
    settled.flatMap((item, index) =>
      'stubs' in item
        ? item.stubs.map((column) => ({ column, key: missings[index]?.get(column) as string }))
        : [],
    ),
  )
  const ready: MappedLegacy[] = []
  const rejected: RejectedLegacy[] = []
  const again: MappedLegacy[] = []
  const later: MappedLegacy[] = []
  const emptied: string[] = []
  const hosts: MappedLegacy[] = []
  const coming = new Set<MappedLegacy>()
  const refuse = (record: MappedLegacy, reject: Reject) =>
    rejected.push({ ...placeOf(record), reject: inChild(record.path, reject) })
  records.forEach((record, index) => {
    const item = settled[index] as SettledMissing
    if ('reject' in item) refuse(record, item.reject)
    else if ('waits' in item) {
      const ahead = new Set(refersTo(record).flatMap(({ column, to }) => (coming.has(to) ? [column] : [])))
      const soon = item.waits.every((column) => ahead.has(column))
      ;(soon ? again : later).push(record)
      if (soon) coming.add(record)
    } else {
      const filled = withValues(prepared, record, found, item, (column) =>
        stubs.answerOf(column, missings[index]?.get(column) as string),
      )
      if (item.stubs.length > 0) hosts.push(record)
      if ('reject' in filled) refuse(record, filled.reject)
      else {
        coming.add(record)
        for (const column of item.emptied)
          emptied.push(nameInRecord(record, prepared.names[column] as string))
        ready.push(filled)
      }
    }
  })
  return { ready, rejected, again, later, emptied, hosts, stubs: stubs.made }
}

const nothing: ReadonlyMap<number, string> = new Map()

/** Column → key of the references that lead to no row. */
function missingOf(
  { references, circle }: MappedLegacy,
  found: ReadonlyMap<number, ReadonlyMap<string, string>>,
): ReadonlyMap<number, string> {
  // Whoever opens a circle opens all of it, whatever is there by then: the counts do not rest on the batches.
  const opens = (column: number) => circle?.kind === 'nullable' && circle.columns.has(column)
  const missing = references.filter(
    ({ column, legacyKey }) => opens(column) || !found.get(column)?.has(legacyKey),
  )
  return missing.length === 0 ? nothing : new Map(missing.map((open) => [open.column, open.legacyKey]))
}

/** The record with the row keys of what it refers to. */
function withValues(
  prepared: PreparedPipeline,
  mapped: MappedLegacy,
  found: ReadonlyMap<number, ReadonlyMap<string, string>>,
  { open, emptied, stubs }: Extract<SettledMissing, { stubs: unknown }>,
  answerOf: (column: number) => StubAnswer,
): MappedLegacy | { reject: Reject } {
  const record = mapped.open === undefined ? mapped : withoutOpen(mapped)
  const values = [...record.values]
  for (const { column, legacyKey } of record.references) values[column] = found.get(column)?.get(legacyKey)
  for (const column of [...open, ...emptied]) values[column] = null
  for (const column of stubs) {
    const answer = answerOf(column)
    if ('refused' in answer) return { reject: missingStub(prepared, column, answer.refused) }
    values[column] = answer.rowKey
  }
  return open.size === 0 ? { ...record, values } : { ...record, values, open }
}

function withoutOpen({ open: _, ...record }: MappedLegacy): MappedLegacy {
  return record
}

/** By column: key → row key. */
async function findRows(
  { prepared, resolved }: PipelineState,
  batch: Batch,
  records: readonly MappedLegacy[],
): Promise<Map<number, ReadonlyMap<string, string>>> {
  const found = new Map<number, ReadonlyMap<string, string>>()
  for (const [column, parent] of prepared.parents) {
    const keys = new Set(
      records.flatMap((record) =>
        record.references.filter((open) => open.column === column).map((open) => open.legacyKey),
      ),
    )
    found.set(column, await referredRows(batch, parent, resolved, keys))
  }
  return found
}

import type { OpenReference } from '../record/map-record.js'
import type { Reject } from '../record/reject.js'
import type { Batch, ResolvedRow } from '../target/batch.js'
import { inChild, nameInRecord } from './map-family.js'
import { ownReferences } from './own-references.js'
import type { PipelineState } from './pipeline-state.js'
import { fillReferences, type Found } from './fill-references.js'
import { placeOf, type MappedLegacy, type RejectedLegacy } from './records.js'
import { referredRows } from './referred-rows.js'
import { complete, settleMissing, type SettledMissing } from './settle-missing.js'
import type { AskStubs, MadeStub } from './stub-answers.js'

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

/** How references are resolved. */
export interface Resolving {
  /** Nothing more will come: a reference to the own pipeline that leads nowhere is missing for good. */
  readonly final: boolean
  /** A legacy key of the own pipeline that shares the row of another one may still get another row. */
  readonly mayMove: (legacyKey: string) => boolean
  readonly askStubs: AskStubs
}

/** Puts the row key of what they refer to into the records. */
export async function resolveReferences(
  state: PipelineState,
  batch: Batch,
  records: readonly MappedLegacy[],
  { final, mayMove, askStubs }: Resolving,
): Promise<Resolution> {
  const { prepared } = state
  if (prepared.parents.size === 0)
    return { ready: records, rejected: [], again: [], later: [], emptied: [], hosts: [], stubs: [] }
  const found = await findRows(state, batch, records)
  const refersTo = ownReferences(prepared, records)
  // Also at the end a record waits for one of its batch that is written first, or refused first.
  let places: ReadonlyMap<MappedLegacy, number> | undefined
  const placeIn = (record: MappedLegacy) => {
    places ??= new Map(records.map((each, place) => [each, place]))
    return places.get(record) as number
  }
  const isAhead = (record: MappedLegacy, asked: number) =>
    refersTo(record).some(({ column, to }) => column === asked && placeIn(to) < placeIn(record))
  const comes = (record: MappedLegacy, column: number) => !final || isAhead(record, column)
  const moves = (record: MappedLegacy, { column, legacyKey }: OpenReference) =>
    prepared.parents.get(column)?.own === true && mayMove(legacyKey) && comes(record, column)
  const missings = records.map((record) => missingOf(record, found, moves))
  const settled: SettledMissing[] = []
  const asked: { column: number; key: string }[] = []
  for (let index = 0; index < records.length; index += 1) {
    const record = records[index] as MappedLegacy
    const missing = missings[index] ?? nothing
    const item =
      missing === nothing
        ? complete
        : await settleMissing(state, record, missing, (column) => comes(record, column))
    settled.push(item)
    if ('stubs' in item)
      for (const column of item.stubs) asked.push({ column, key: missing.get(column) as string })
  }
  const stubs = await askStubs(state, batch, asked)
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
      const filled = fillReferences(prepared, record, item, {
        found,
        mayMove,
        answerOf: (column) => stubs.answerOf(column, missings[index]?.get(column) as string),
      })
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

/**
 * Column → key of the references that lead to no row, or to one that is worth waiting for another.
 * @param moves a row that is shared is not certain yet, and its record comes
 */
function missingOf(
  record: MappedLegacy,
  found: Found,
  moves: (record: MappedLegacy, reference: OpenReference) => boolean,
): ReadonlyMap<number, string> {
  let missing: Map<number, string> | undefined
  for (const reference of record.references) {
    if (!isMissing(record, reference, found, moves)) continue
    missing ??= new Map()
    missing.set(reference.column, reference.legacyKey)
  }
  return missing ?? nothing
}

function isMissing(
  record: MappedLegacy,
  reference: OpenReference,
  found: Found,
  moves: (record: MappedLegacy, reference: OpenReference) => boolean,
): boolean {
  const { circle, completing } = record
  const row = found.get(reference.column)?.get(reference.legacyKey)
  if (row === undefined) return true
  const inCircle = circle?.columns.has(reference.column) === true
  if (row.isAlias) return !inCircle && completing === undefined && moves(record, reference)
  // Whoever opens a circle opens all of it, whatever is there by then: the counts do not rest on the batches.
  return inCircle && circle.kind === 'nullable'
}

/** What the references of these records lead to. */
async function findRows(
  { prepared, resolved }: PipelineState,
  batch: Batch,
  records: readonly MappedLegacy[],
): Promise<Found> {
  const found = new Map<number, ReadonlyMap<string, ResolvedRow>>()
  for (const [column, parent] of prepared.parents) {
    const keys = new Set<string>()
    for (const record of records)
      for (const open of record.references) if (open.column === column) keys.add(open.legacyKey)
    found.set(column, await referredRows(batch, parent, resolved, keys))
  }
  return found
}

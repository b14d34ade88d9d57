import { parseMarks, type AppliedMarks } from '../record/applied-marks.js'
import { decideChange, type Decision } from '../record/decide-change.js'
import type { Match } from '../record/match-record.js'
import { mergeColumns, type ColumnState } from '../record/merge-columns.js'
import type { Batch, Difference, Recall, Recalled } from '../target/batch.js'
import { columnStates, marksAfter } from './column-states.js'
import { compareRows } from './compare-rows.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import { placeOf, type EncodedLegacy, type RejectedLegacy } from './records.js'
import { stagedOf } from './staged-of.js'

/** A record and what was decided for it. */
export interface Settled {
  readonly record: EncodedLegacy
  readonly decision: Exclude<Decision, { kind: 'reject' }>
  readonly differences: readonly Difference[]
  /** The row was there before carryover knew it. */
  readonly adopted: boolean
  /** What the ledger is to keep of the values of a row that was there; null for nothing. */
  readonly marks: AppliedMarks | null
  /** Columns whose value the row has let go of for the moment. */
  readonly parked?: ReadonlySet<string>
}

const noStates: readonly ColumnState[] = []
const noDifferences: readonly Difference[] = []

/** What is known of the records of a batch when they are decided. */
interface Evidence {
  readonly matches: readonly Match[]
  readonly recall: Recall
  /** Differences of records and the rows they are known to own, by ordinal; those that are not there are asked for. */
  readonly compared: ReadonlyMap<number, readonly Difference[]>
}

/** Compares the matched records with their rows, and decides what is done for each; who waits is left out. */
export async function decideBatch(
  prepared: PreparedPipeline,
  batch: Batch,
  open: readonly EncodedLegacy[],
  { matches, recall, compared }: Evidence,
  nameOf: (rowKey: string) => string,
): Promise<{ decided: Settled[]; rejected: RejectedLegacy[] }> {
  const { policies } = prepared.pipeline
  const formerOf = await formerEntries(prepared, batch, matches)
  const differing = await compare(prepared, batch, open, { matches, recall, compared }, formerOf)
  const decided: Settled[] = []
  const rejected: RejectedLegacy[] = []
  open.forEach((record, index) => {
    const match = matches[index]
    if (match === undefined || match.kind === 'wait') return
    const differences = differing.get(record.ordinal) ?? noDifferences
    const recalled = recall.known.get(record.ordinal)
    const known = asAdopted(match, record, recalled, policies.adopt)
    const applied = parseMarks((formerOf(match) ?? recalled)?.applied ?? null)
    const states = match.kind === 'row' ? columnStates(prepared, record, differences) : noStates
    const { changed, conflicts } = mergeColumns(states, applied)
    // A row that was marked as deleted is so no longer, whoever marked it.
    const returning = differences.filter(({ column }) => column === prepared.pipeline.bookkeeping.deletedAt)
    const decision = decideChange({
      match: known,
      differing: differences.map((difference) => difference.column),
      merge: { changed: [...changed, ...returning.map(({ column }) => column)], conflicts },
      remembered: isRemembered(match, recalled),
      policies,
      nameOf,
    })
    if (decision.kind === 'reject') {
      rejected.push({ ...placeOf(record), reject: decision.reject })
      return
    }
    const adopted = known.kind === 'row' && known.adopted
    const marks = marksAfter(states, applied, decision)
    decided.push({ record, decision, differences, adopted, marks })
  })
  return { decided, rejected }
}

/**
 * A row that was kept when it was adopted stays so in the second pass of its record, although the record owns it by now; and a
 * row to which nothing was ever applied, since it was only taken to stand for a missing record, is adopted when that one comes.
 */
function asAdopted<Found extends Match>(
  match: Found,
  { completing }: EncodedLegacy,
  recalled: Recalled | undefined,
  adopt: string,
): Found {
  if (match.kind !== 'row' || match.adopted) return match
  const wasKept = completing?.adopted === true && adopt === 'keep'
  const isFirst = match.formerOwner === null && recalled?.applied === null
  return wasKept || isFirst ? { ...match, adopted: true } : match
}

/** What the ledger has of those who own the rows that change hands until now. */
async function formerEntries(
  { pipeline, table }: PreparedPipeline,
  batch: Batch,
  matches: readonly Match[],
): Promise<(match: Match) => Recalled | undefined> {
  const owners = matches.flatMap((match) => formerOwnerOf(match) ?? [])
  if (owners.length === 0) return () => undefined
  const entries = owners.map((legacyKey, ordinal) => ({ ordinal, legacyKey, fingerprint: '' }))
  const { known } = await batch.recall(pipeline.name, table, entries)
  const found = new Map(owners.map((owner, at) => [owner, known.get(at)]))
  return (match) => found.get(formerOwnerOf(match) ?? '')
}

function formerOwnerOf(match: Match): string | null {
  return match.kind === 'row' ? match.formerOwner : null
}

/** Differences of the records that have a row, by ordinal. */
async function compare(
  prepared: PreparedPipeline,
  batch: Batch,
  open: readonly EncodedLegacy[],
  { matches, recall, compared }: Evidence,
  formerOf: (match: Match) => Recalled | undefined,
): Promise<ReadonlyMap<number, readonly Difference[]>> {
  const rowKeys = new Map<number, string>()
  open.forEach((record, index) => {
    const match = matches[index]
    if (match?.kind === 'row') rowKeys.set(record.ordinal, match.rowKey)
  })
  if (rowKeys.size === 0) return new Map()
  const isCompared = ({ ordinal }: EncodedLegacy) =>
    compared.has(ordinal) && recall.known.get(ordinal)?.rowKey === rowKeys.get(ordinal)
  const matched = open.filter((record) => rowKeys.has(record.ordinal))
  const left = matched.filter((record) => !isCompared(record))
  const differing = new Map(left.length === 0 ? [] : await compareRows(batch, prepared, left, rowKeys))
  for (const record of matched)
    if (isCompared(record)) differing.set(record.ordinal, compared.get(record.ordinal) ?? [])
  const { deletedAt } = prepared.pipeline.bookkeeping
  // A row that was marked as deleted in the name of another record is one that returns as well.
  const returning = open.filter((record, index) => {
    const match = matches[index]
    if (match?.kind !== 'row') return false
    return (formerOf(match) ?? recall.known.get(record.ordinal))?.role === 'removed'
  })
  if (deletedAt === undefined || returning.length === 0) return differing
  const marked = await batch.differences(stagedOf(prepared, returning, [deletedAt]), rowKeys)
  for (const [ordinal, found] of marked) differing.set(ordinal, [...(differing.get(ordinal) ?? []), ...found])
  return differing
}

/** The ledger has this record with this very fingerprint, role and row already. */
function isRemembered(match: Match, known: Recalled | undefined): boolean {
  if (known === undefined || !known.sameFingerprint) return false
  if (!('rowKey' in match) || match.rowKey !== known.rowKey) return false
  const role = match.kind === 'duplicate' ? 'alias' : match.kind === 'gone' ? match.role : 'owner'
  return known.role === role
}

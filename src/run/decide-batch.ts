import { compareRows } from './compare-rows.js'
import { decideChange, type Decision } from '../record/decide-change.js'
import type { Match } from '../record/match-record.js'
import type { Batch, Difference, Recall } from '../target/batch.js'
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
}

/** Compares the matched records with their rows, and decides what is done for each; who waits is left out. */
export async function decideBatch(
  prepared: PreparedPipeline,
  batch: Batch,
  open: readonly EncodedLegacy[],
  matches: readonly Match[],
  recall: Recall,
  nameOf: (rowKey: string) => string,
): Promise<{ decided: Settled[]; rejected: RejectedLegacy[] }> {
  const differing = await compare(prepared, batch, open, matches, recall)
  const decided: Settled[] = []
  const rejected: RejectedLegacy[] = []
  open.forEach((record, index) => {
    const match = matches[index]
    if (match === undefined || match.kind === 'wait') return
    const differences = differing.get(record.ordinal) ?? []
    const known = asBefore(match, record)
    const decision = decideChange({
      match: known,
      differing: differences.map((difference) => difference.column),
      remembered: isRemembered(match, recall.known.get(record.ordinal)),
      policies: prepared.pipeline.policies,
      nameOf,
    })
    if (decision.kind === 'reject') rejected.push({ ...placeOf(record), reject: decision.reject })
    else decided.push({ record, decision, differences, adopted: known.kind === 'row' && known.adopted })
  })
  return { decided, rejected }
}

/** A row that was adopted is so in the second pass of its record too, although the record owns it by now. */
function asBefore<Found extends Match>(match: Found, record: EncodedLegacy): Found {
  return match.kind === 'row' && record.completing?.adopted === true ? { ...match, adopted: true } : match
}

/** Differences of the records that have a row, by ordinal. */
async function compare(
  prepared: PreparedPipeline,
  batch: Batch,
  open: readonly EncodedLegacy[],
  matches: readonly Match[],
  recall: Recall,
): Promise<ReadonlyMap<number, readonly Difference[]>> {
  const rowKeys = new Map<number, string>()
  open.forEach((record, index) => {
    const match = matches[index]
    if (match?.kind === 'row') rowKeys.set(record.ordinal, match.rowKey)
  })
  if (rowKeys.size === 0) return new Map()
  const matched = open.filter((record) => rowKeys.has(record.ordinal))
  const differing = new Map(await compareRows(batch, prepared, matched, rowKeys))
  const returning = matched.filter((record) => recall.known.get(record.ordinal)?.role === 'removed')
  if (prepared.deletedAt === undefined || returning.length === 0) return differing
  const marked = await batch.differences(stagedOf(prepared, returning, [prepared.deletedAt]), rowKeys)
  for (const [ordinal, found] of marked) differing.set(ordinal, [...(differing.get(ordinal) ?? []), ...found])
  return differing
}

/** The ledger has this record with this very fingerprint, role and row already. */
function isRemembered(match: Match, known: ReturnType<Recall['known']['get']>): boolean {
  if (known === undefined || !known.sameFingerprint) return false
  if (!('rowKey' in match) || match.rowKey !== known.rowKey) return false
  const role = match.kind === 'duplicate' ? 'alias' : match.kind === 'gone' ? match.role : 'owner'
  return known.role === role
}

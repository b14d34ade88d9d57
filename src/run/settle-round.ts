import type { OpenReference } from '../record/map-record.js'
import type { Phase } from '../record/match-record.js'
import type { Batch } from '../target/batch.js'
import { applyBatch } from './apply-batch.js'
import { decideBatch, type Settled } from './decide-batch.js'
import { encodeBatch, openRecords } from './encode-batch.js'
import { matchBatch } from './match-batch.js'
import { ownerStates } from './owner-states.js'
import { parkValues } from './park-values.js'
import type { PipelineState } from './pipeline-state.js'
import { placeOf, type EncodedLegacy, type MappedLegacy, type RejectedLegacy } from './records.js'
import { rejectEntry } from './reject-entry.js'
import { resolveFamily } from './resolve-family.js'
import type { Verdict } from './round-undone.js'
import { carrierOfSettled, settleChildren, type ChildrenSettled } from './settle-children.js'
import { stagedOf } from './staged-of.js'
import { successionOf } from './succession.js'
import { withoutForeseen } from './without-foreseen.js'

/** What one transaction did. Nothing of it counts before the transaction is committed. */
export interface Round {
  readonly unchanged: readonly EncodedLegacy[]
  readonly settled: readonly Settled[]
  readonly newEntries: number
  readonly children: ChildrenSettled
  readonly rejected: readonly RejectedLegacy[]
  /** To be asked again when this batch is applied. */
  readonly again: readonly MappedLegacy[]
  /** To be asked again when the source is read. */
  readonly later: readonly MappedLegacy[]
  readonly emptied: readonly string[]
  /** Records that were written and re-read, and those of them whose row does not hold what was written. */
  readonly written: number
  readonly notHolding: number
}

/**
 * Takes records through one transaction: resolve, recall, probe, match, compare, decide, foresee, apply, re-read, then their
 * children the same way.
 * @param extra rejects from before the database, to be kept in the same transaction
 * @param phase how far the pipeline is: in the last one nobody waits for the end
 * @param verdicts records that an undone round has judged already, by ordinal
 * @throws RoundUndone when a child keeps its record from being settled
 */
export async function settleRound(
  state: PipelineState,
  batch: Batch,
  records: readonly MappedLegacy[],
  extra: readonly RejectedLegacy[],
  phase: Phase,
  verdicts: ReadonlyMap<number, Verdict>,
): Promise<Round> {
  const { prepared } = state
  const final = phase === 'final'
  const judged = records.filter((record) => verdicts.has(record.ordinal))
  const asked = judged.length === 0 ? records : records.filter((record) => !verdicts.has(record.ordinal))
  const { pipeline, table } = prepared
  const resolution = await resolveFamily(batch, prepared, state.resolved, asked, final)
  const { encoded, rejected: unencodable } = encodeBatch(prepared, resolution.ready)
  const recall = await batch.recall(pipeline.name, table, encoded)
  const unchanged = encoded.filter((record) => recall.settled.has(record.ordinal))
  const { open, rejected: uncastable } = await openRecords(batch, prepared, encoded, recall)

  const probe = await batch.probe(pipeline.name, prepared.keys, stagedOf(prepared, open, prepared.names))
  const matches = matchBatch(open, {
    recall,
    probe,
    ownerState: ownerStates(state, open, phase),
    succeeds: successionOf(state),
    deleted: pipeline.policies.deleted,
    phase,
  })
  const { nameOf, runId } = state.context
  const { decided, rejected: refused } = await decideBatch(prepared, batch, open, matches, recall, nameOf)
  const { passed, rejected: foreseen } = await withoutForeseen(prepared, batch, decided)
  const ready = phase === 'exchanging' ? await parkValues(prepared, batch, passed) : passed
  const applied = await applyBatch(prepared, batch, runId, ready, recall, final)
  const carriers = applied.settled.flatMap(
    (item) => carrierOfSettled(item, applied.rowKeys, item.record) ?? [],
  )
  const children = await settleChildren(state, batch, prepared, carriers, phase)

  const rejected = [
    ...judged.flatMap((record) => {
      const verdict = verdicts.get(record.ordinal)
      return verdict?.kind === 'reject' ? [{ ...placeOf(record), reject: verdict.reject }] : []
    }),
    ...resolution.rejected,
    ...unencodable,
    ...uncastable,
    ...refused,
    ...foreseen,
    ...applied.rejected,
  ]
  await batch.keepRejects(
    pipeline.name,
    state.context.runId,
    [...extra, ...rejected].map((item) => rejectEntry(pipeline.name, item)),
  )
  const waiting = (until: 'batch' | 'end') =>
    open.filter((_, index) => {
      const match = matches[index]
      return match?.kind === 'wait' && match.until === until
    })
  const put = (kind: Verdict['kind']) =>
    judged.filter((record) => verdicts.get(record.ordinal)?.kind === kind)
  const wait = splitWaiting(resolution.waiting, records)
  return {
    unchanged,
    settled: applied.settled,
    rejected,
    newEntries: applied.newEntries,
    children,
    again: [...put('again'), ...waiting('batch'), ...wait.again],
    later: [...put('later'), ...waiting('end'), ...applied.contested, ...wait.later],
    emptied: resolution.emptied,
    written: applied.written + children.written,
    notHolding: applied.notHolding + children.notHolding,
  }
}

/** A record that refers to another one of this batch is asked again after it, any other one when the source is read. */
function splitWaiting(
  waiting: readonly MappedLegacy[],
  records: readonly MappedLegacy[],
): { again: MappedLegacy[]; later: MappedLegacy[] } {
  const own = new Set(waiting.length === 0 ? [] : records.map((record) => record.legacyKey))
  const again: MappedLegacy[] = []
  const later: MappedLegacy[] = []
  for (const record of waiting) {
    const inBatch = referencesOf(record).some(
      (open) => open.legacyKey !== record.legacyKey && own.has(open.legacyKey),
    )
    ;(inBatch ? again : later).push(record)
  }
  return { again, later }
}

/** The references of a record and of its children. */
function referencesOf(record: MappedLegacy): OpenReference[] {
  return [...record.references, ...record.children.flat().flatMap(referencesOf)]
}

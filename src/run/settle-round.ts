import type { Phase } from '../record/match-record.js'
import type { Batch } from '../target/batch.js'
import { joinFingerprint } from '../target/fingerprint-text.js'
import { carrierOfSettled } from './carrier.js'
import type { Settled } from './decide-batch.js'
import { encodeBatch, encodeComing, openRecords } from './encode-batch.js'
import { makeStubs } from './make-stubs.js'
import { mayMove } from './may-move.js'
import { mergeKnown } from './merge-known.js'
import type { PipelineState } from './pipeline-state.js'
import { placeOf, type EncodedLegacy, type MappedLegacy, type RejectedLegacy } from './records.js'
import { recallBatch } from './recall-batch.js'
import { rejectEntries } from './reject-entry.js'
import { rejectedKeys } from './rejected-keys.js'
import { resolveFamily } from './resolve-family.js'
import { RoundUndone, type Verdict } from './round-undone.js'
import { settleOpen } from './settle-open.js'
import { settleChildren, type ChildrenSettled } from './settle-children.js'
import type { MadeStub } from './stub-answers.js'
import { timed } from './timed.js'

/** What one transaction did. Nothing of it counts before the transaction is committed. */
export interface Round {
  readonly unchanged: readonly EncodedLegacy[]
  readonly settled: readonly Settled[]
  readonly ownersGained: number
  readonly children: ChildrenSettled
  readonly rejected: readonly RejectedLegacy[]
  /** See `AppliedBatch`. */
  readonly refused: readonly EncodedLegacy[]
  /** What the ledger knows all rejects by, with the ordinals of their records. */
  readonly rejectIds: ReadonlyMap<string, number>
  /** To be asked again when this batch is applied. */
  readonly again: readonly MappedLegacy[]
  /** To be asked again when the source is read. */
  readonly later: readonly MappedLegacy[]
  readonly emptied: readonly string[]
  readonly stubs: readonly MadeStub[]
  /** Ids of what was noted of enum values. */
  readonly enumNotes: Iterable<string>
  /** Records that were written and re-read, and those of them whose row does not hold what was written. */
  readonly written: number
  readonly notHolding: number
  /** Records whose row was changed by somebody else while it was decided. */
  readonly moved: number
}

/**
 * Takes records through one transaction: resolve, recall, probe, match, compare, decide, foresee, apply, re-read, then their
 * children the same way.
 * @param extra rejects from before the database, to be kept in the same transaction
 * @param phase how far the pipeline is: in the last one nobody waits for the end
 * @param verdicts records that an undone round has judged already, by ordinal
 * @throws RoundUndone when a child keeps its record from being settled, or a stub was made for a record that is not
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
  const final = phase === 'closing' || phase === 'final'
  const judged = verdicts.size === 0 ? [] : records.filter((record) => verdicts.has(record.ordinal))
  const asked = judged.length === 0 ? records : records.filter((record) => !verdicts.has(record.ordinal))
  const { pipeline } = prepared
  const resolution = await resolveFamily(state, batch, asked, {
    final,
    mayMove: mayMove(state, asked),
    askStubs: makeStubs,
  })
  const { encoded: ready, rejected: unencodable } = timed(state.context.profiler, 'encode', () =>
    encodeBatch(prepared, resolution.ready),
  )
  const coming = encodeComing(prepared, resolution.again)
  const encoded = inOrder(records, ready, coming)
  const recall = await recallBatch(state, batch, encoded, phase)
  const unchanged =
    recall.settled.size === 0 ? [] : ready.filter((record) => recall.settled.has(record.ordinal))
  if (recall.renewed.size > 0) await noteRenewed(pipeline.name, batch, unchanged, recall.renewed)
  const checked = await openRecords(batch, prepared, encoded, recall)
  const { open, differences } = await mergeKnown(prepared, batch, checked.open, recall)
  const isComing = new Set(coming.map((record) => record.ordinal))
  const uncastable = checked.rejected.filter((item) => !isComing.has(item.ordinal))

  const asOpen = { open, recall, differences, isComing }
  const { applied, waiting, rejected: refused } = await settleOpen(state, batch, asOpen, phase)
  const carriers =
    prepared.children.length === 0
      ? []
      : applied.settled.flatMap((item) => carrierOfSettled(item, applied.rowKeys, item.record) ?? [])
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
  ]
  const again = [...waiting.batch, ...applied.moved]
  const later = [...waiting.end, ...applied.contested]
  undoStubsOf(resolution.hosts, rejected, again, later)
  const kept = rejectEntries(state, [...extra, ...rejected])
  await batch.keepRejects(pipeline.name, state.context.runId, kept)
  const enumNotes = await keepSources(state, batch, ready, [...extra, ...rejected])
  const put = (kind: Verdict['kind']) =>
    judged.filter((record) => verdicts.get(record.ordinal)?.kind === kind)
  return {
    unchanged,
    settled: applied.settled,
    rejected,
    refused: applied.refused,
    rejectIds: new Map([...extra, ...rejected].map(({ ordinal }, index) => [kept[index]?.id ?? '', ordinal])),
    ownersGained: applied.ownersGained,
    children,
    again: inOrder(records, again, [...put('again'), ...resolution.again]),
    later: [...put('later'), ...later, ...resolution.later],
    emptied: resolution.emptied,
    stubs: resolution.stubs,
    enumNotes,
    written: applied.written + children.written,
    notHolding: applied.notHolding + children.notHolding,
    moved: applied.moved.length + judged.filter(({ ordinal }) => isMoved(verdicts.get(ordinal))).length,
  }
}

/** The source has other things of these records now, which come to the same. */
function noteRenewed(
  pipeline: string,
  batch: Batch,
  unchanged: readonly EncodedLegacy[],
  renewed: ReadonlySet<number>,
): Promise<void> {
  const notes = unchanged.flatMap(({ ordinal, legacyKey, fingerprint, source }) =>
    renewed.has(ordinal) ? [{ legacyKey, fingerprint: joinFingerprint(fingerprint, source) }] : [],
  )
  return batch.noteFingerprints(pipeline, notes)
}

/** Keeps what the entries of a round say of their enum values, and lets no rejected record pass for settled another time. */
async function keepSources(
  { shortCuts, prepared }: PipelineState,
  batch: Batch,
  ready: readonly EncodedLegacy[],
  rejected: readonly RejectedLegacy[],
): Promise<Iterable<string>> {
  if (shortCuts.marks === undefined) return []
  const { marks, isJudged } = shortCuts
  const { name } = prepared.pipeline
  const notes = marks.unsaved(ready.map(({ source }) => source))
  await batch.keepEnumNotes(name, notes)
  // What was judged by these very definitions stays judged.
  if (!isJudged) {
    const refused = rejected.map(({ legacyKey, reject: { code } }) => ({ legacyKey, code }))
    await batch.forgetSources(name, rejectedKeys(refused))
  }
  return notes.keys()
}

function isMoved(verdict: Verdict | undefined): boolean {
  return verdict?.kind === 'again' && verdict.moved === true
}

/** A stub may not stay when the record that asked for it is not settled in this round. */
function undoStubsOf(
  hosts: readonly MappedLegacy[],
  rejected: readonly RejectedLegacy[],
  again: readonly MappedLegacy[],
  later: readonly MappedLegacy[],
): void {
  const isHost = new Set(hosts.map((record) => record.ordinal))
  const verdicts = new Map<number, Verdict>()
  for (const { ordinal, reject } of rejected)
    if (isHost.has(ordinal)) verdicts.set(ordinal, { kind: 'reject', reject })
  for (const { ordinal } of again) if (isHost.has(ordinal)) verdicts.set(ordinal, { kind: 'again' })
  for (const { ordinal } of later) if (isHost.has(ordinal)) verdicts.set(ordinal, { kind: 'later' })
  if (verdicts.size > 0) throw new RoundUndone(verdicts)
}

/** Two parts of the records in the order that all of them have. */
function inOrder<Item extends MappedLegacy>(
  records: readonly MappedLegacy[],
  one: readonly Item[],
  other: readonly Item[],
): readonly Item[] {
  if (other.length === 0) return one
  const items = new Map([...one, ...other].map((item) => [item.ordinal, item]))
  return records.flatMap(({ ordinal }) => items.get(ordinal) ?? [])
}

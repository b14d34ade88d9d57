import { decideChange, type Decision } from '../record/decide-change.js'
import type { Match, OwnerState } from '../record/match-record.js'
import type { Batch, Difference, Recall, Write } from '../target/batch.js'
import { describeFailure } from './describe-failure.js'
import { encodeRecord } from './encode-record.js'
import { matchBatch } from './match-batch.js'
import type { PipelineState } from './pipeline-state.js'
import type { EncodedLegacy, MappedLegacy, RejectedLegacy } from './records.js'
import { rejectEntry } from './reject-entry.js'
import { resolveReferences, type Resolution } from './resolve-references.js'
import { stagedOf } from './staged-of.js'

/** A record and what was decided for it. */
export interface Settled {
  readonly record: EncodedLegacy
  readonly decision: Exclude<Decision, { kind: 'reject' }>
  readonly differences: readonly Difference[]
}

/** What one transaction did. Nothing of it counts before the transaction is committed. */
export interface Round {
  readonly unchanged: readonly EncodedLegacy[]
  readonly settled: readonly Settled[]
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
 * Takes records through one transaction: resolve, recall, probe, match, compare, decide, foresee, apply, re-read.
 * @param extra rejects from before the database, to be kept in the same transaction
 * @param final nothing else can change the answer any more: nobody waits for the end
 */
export async function settleRound(
  state: PipelineState,
  batch: Batch,
  records: readonly MappedLegacy[],
  extra: readonly RejectedLegacy[],
  final: boolean,
): Promise<Round> {
  const { prepared } = state
  const { pipeline, table } = prepared
  const resolution = await resolveReferences(batch, prepared, state.resolved, records, final)
  const { encoded, rejected } = encodeAll(state, resolution)
  const recall = await batch.recall(pipeline.name, table, encoded)
  const unchanged = encoded.filter((record) => recall.settled.has(record.ordinal))
  const open = await withoutUncastable(batch, prepared, encoded, recall, rejected)

  const probe = await batch.probe(pipeline.name, prepared.keys, stagedOf(prepared, open, prepared.names))
  const matches = matchBatch(open, {
    recall,
    probe,
    ownerState: ownerStates(state, open, final),
    deleted: pipeline.policies.deleted,
    final,
  })
  const differing = await compare(state, batch, open, matches)
  const decided = decideAll(state, open, matches, recall, differing, rejected)
  const foreseen = await refuseForeseen(state, batch, decided, rejected)

  const applied = await batch.apply({
    pipeline: pipeline.name,
    runId: state.context.runId,
    table,
    columns: prepared.names,
    writes: foreseen.flatMap((item) => writeOf(state, item, recall)),
  })
  const failed = new Map(applied.failures.map((failure) => [failure.ordinal, failure]))
  const contested: MappedLegacy[] = []
  for (const { record } of foreseen) {
    const failure = failed.get(record.ordinal)
    if (failure === undefined) continue
    // Somebody took the value between the look-up and the write, or it frees up later in this run.
    if (failure.code === 'unique_conflict' && !final) contested.push(record)
    else rejected.push({ ...placeOf(record), reject: describeFailure(failure) })
  }
  const settled = foreseen.filter((item) => !failed.has(item.record.ordinal))
  const written = settled.filter((item) => item.decision.kind !== 'leave').map((item) => item.record)
  const notHolding = await batch.reread(stagedOf(prepared, written, prepared.compared), applied.rowKeys)
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
  const wait = splitWaiting(resolution.waiting, records)
  return {
    unchanged,
    settled,
    rejected,
    again: [...waiting('batch'), ...wait.again],
    later: [...waiting('end'), ...contested, ...wait.later],
    emptied: resolution.emptied,
    written: written.length,
    notHolding: notHolding.length,
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
    const inBatch = record.references.some(
      (open) => open.legacyKey !== record.legacyKey && own.has(open.legacyKey),
    )
    ;(inBatch ? again : later).push(record)
  }
  return { again, later }
}

function encodeAll(
  state: PipelineState,
  resolution: Resolution,
): { encoded: EncodedLegacy[]; rejected: RejectedLegacy[] } {
  const encoded: EncodedLegacy[] = []
  const rejected = [...resolution.rejected]
  for (const record of resolution.ready) {
    const result = encodeRecord(state.prepared, record.values)
    if ('reject' in result) rejected.push({ ...placeOf(record), reject: result.reject })
    else encoded.push({ ...record, ...result })
  }
  return { encoded, rejected }
}

async function withoutUncastable(
  batch: Batch,
  prepared: PipelineState['prepared'],
  encoded: readonly EncodedLegacy[],
  recall: Recall,
  rejected: RejectedLegacy[],
): Promise<EncodedLegacy[]> {
  const open = encoded.filter((record) => !recall.settled.has(record.ordinal))
  const staged = stagedOf(prepared, open, prepared.names)
  const refused = new Map((await batch.uncastable(staged)).map((failure) => [failure.ordinal, failure]))
  return open.filter((record) => {
    const failure = refused.get(record.ordinal)
    if (failure !== undefined) rejected.push({ ...placeOf(record), reject: describeFailure(failure) })
    return failure === undefined
  })
}

/** How the owner of a row stands: see `OwnerState`. */
function ownerStates(
  state: PipelineState,
  open: readonly EncodedLegacy[],
  final: boolean,
): (legacyKey: string) => OwnerState {
  const pending = new Set(open.map((record) => record.legacyKey))
  return (legacyKey) => {
    if (pending.has(legacyKey)) return 'pending'
    if (!final && state.deferred.has(legacyKey)) return 'unread'
    if (state.seen.has(legacyKey)) return 'settled'
    return state.sourceRead ? 'absent' : 'unread'
  }
}

/** Differences of the records that have a row, by ordinal. */
async function compare(
  state: PipelineState,
  batch: Batch,
  open: readonly EncodedLegacy[],
  matches: readonly Match[],
): Promise<ReadonlyMap<number, readonly Difference[]>> {
  const rowKeys = new Map<number, string>()
  open.forEach((record, index) => {
    const match = matches[index]
    if (match?.kind === 'row') rowKeys.set(record.ordinal, match.rowKey)
  })
  if (rowKeys.size === 0) return new Map()
  const matched = open.filter((record) => rowKeys.has(record.ordinal))
  return batch.differences(stagedOf(state.prepared, matched, state.prepared.compared), rowKeys)
}

function decideAll(
  state: PipelineState,
  open: readonly EncodedLegacy[],
  matches: readonly Match[],
  recall: Recall,
  differing: ReadonlyMap<number, readonly Difference[]>,
  rejected: RejectedLegacy[],
): Settled[] {
  const settled: Settled[] = []
  open.forEach((record, index) => {
    const match = matches[index]
    if (match === undefined || match.kind === 'wait') return
    const differences = differing.get(record.ordinal) ?? []
    const decision = decideChange({
      match,
      differing: differences.map((difference) => difference.column),
      remembered: isRemembered(match, recall.known.get(record.ordinal)),
      policies: state.prepared.pipeline.policies,
      nameOf: state.context.nameOf,
    })
    if (decision.kind === 'reject') rejected.push({ ...placeOf(record), reject: decision.reject })
    else settled.push({ record, decision, differences })
  })
  return settled
}

function isRemembered(match: Match, known: ReturnType<Recall['known']['get']>): boolean {
  if (known === undefined || !known.sameFingerprint) return false
  if (!('rowKey' in match) || match.rowKey !== known.rowKey) return false
  const role = match.kind === 'duplicate' ? 'alias' : match.kind === 'gone' ? 'deleted' : 'owner'
  return known.role === role
}

/** Takes out what the database would refuse, before it is asked to write. */
async function refuseForeseen(
  state: PipelineState,
  batch: Batch,
  decided: readonly Settled[],
  rejected: RejectedLegacy[],
): Promise<Settled[]> {
  const writing = decided.filter((item) => item.decision.kind !== 'leave').map((item) => item.record)
  if (writing.length === 0) return [...decided]
  // A column made by a reference has its parent: it was resolved to a row that is there.
  const resolved = new Set(
    [...state.prepared.parents.keys()].map((index) => state.prepared.names[index] as string),
  )
  const foreseen = await batch.foresee(stagedOf(state.prepared, writing, state.prepared.names), resolved)
  const refused = new Map(foreseen.map((item) => [item.ordinal, item]))
  return decided.filter(({ record }) => {
    const failure = refused.get(record.ordinal)
    if (failure !== undefined) rejected.push({ ...placeOf(record), reject: describeFailure(failure) })
    return failure === undefined
  })
}

function writeOf(state: PipelineState, item: Settled, recall: Recall): Write[] {
  const { record, decision } = item
  const known = recall.known.has(record.ordinal)
  const base = {
    ordinal: record.ordinal,
    legacyKey: record.legacyKey,
    fingerprint: record.fingerprint,
    known,
    values: record.texts,
  }
  switch (decision.kind) {
    case 'insert':
      return [
        { ...base, action: 'insert', role: 'owner', rowKey: null, changed: new Set(), formerOwner: null },
      ]
    case 'update': {
      const stamps = state.prepared.columns
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
      if (!decision.remember) return []
      return [
        {
          ...base,
          action: 'link',
          role: decision.role,
          rowKey: decision.rowKey,
          changed: new Set(),
          formerOwner: decision.formerOwner,
        },
      ]
  }
}

function placeOf(record: MappedLegacy): Omit<RejectedLegacy, 'reject'> {
  return { ordinal: record.ordinal, location: record.location, legacyKey: record.legacyKey, raw: record.raw }
}

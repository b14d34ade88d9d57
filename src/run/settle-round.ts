import type { Phase } from '../record/match-record.js'
import type { Batch } from '../target/batch.js'
import { fixedKeys } from '../target/fixed-keys.js'
import { applyBatch } from './apply-batch.js'
import { decideBatch, type Settled } from './decide-batch.js'
import { encodeBatch, openRecords } from './encode-batch.js'
import { matchBatch } from './match-batch.js'
import { ownerStates } from './owner-states.js'
import { parkValues } from './park-values.js'
import type { PipelineState } from './pipeline-state.js'
import type { EncodedLegacy, MappedLegacy, RejectedLegacy } from './records.js'
import { rejectEntry } from './reject-entry.js'
import { resolveReferences } from './resolve-references.js'
import { stagedOf } from './staged-of.js'
import { successionOf } from './succession.js'
import { withoutForeseen } from './without-foreseen.js'

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
 * @param phase how far the pipeline is: in the last one nobody waits for the end
 */
export async function settleRound(
  state: PipelineState,
  batch: Batch,
  records: readonly MappedLegacy[],
  extra: readonly RejectedLegacy[],
  phase: Phase,
): Promise<Round> {
  const { prepared } = state
  const final = phase === 'final'
  const { pipeline, table } = prepared
  const resolution = await resolveReferences(batch, prepared, state.resolved, records, final)
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
    fixedKeys: fixedKeys(table),
    deleted: pipeline.policies.deleted,
    phase,
  })
  const { decided, rejected: refused } = await decideBatch(state, batch, open, matches, recall)
  const { passed, rejected: foreseen } = await withoutForeseen(prepared, batch, decided)
  const ready = phase === 'exchanging' ? await parkValues(prepared, batch, passed) : passed
  const applied = await applyBatch(prepared, batch, state.context.runId, ready, recall, final)

  const rejected = [
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
  const wait = splitWaiting(resolution.waiting, records)
  return {
    unchanged,
    settled: applied.settled,
    rejected,
    again: [...waiting('batch'), ...wait.again],
    later: [...waiting('end'), ...applied.contested, ...wait.later],
    emptied: resolution.emptied,
    written: applied.written,
    notHolding: applied.notHolding,
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

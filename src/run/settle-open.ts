import type { Match, Phase } from '../record/match-record.js'
import type { Batch, Difference, Recall } from '../target/batch.js'
import { fixedKeys } from '../target/fixed-keys.js'
import { applyBatch, joinApplied, type AppliedBatch } from './apply-batch.js'
import { decideBatch } from './decide-batch.js'
import { insertUnprobed } from './insert-unprobed.js'
import { matchBatch } from './match-batch.js'
import { ownerStates } from './owner-states.js'
import { parkValues } from './park-values.js'
import type { PipelineState } from './pipeline-state.js'
import type { EncodedLegacy, RejectedLegacy } from './records.js'
import { stagedAsMerged } from './staged-of.js'
import { lastCounts, successionOf } from './succession.js'
import { withoutForeseen } from './without-foreseen.js'

/** Records of a round that are not settled yet. */
export interface OpenBatch {
  readonly open: readonly EncodedLegacy[]
  readonly recall: Recall
  /** Differences of known records and their rows, by ordinal. */
  readonly differences: ReadonlyMap<number, readonly Difference[]>
  /** Ordinals of those that stand here for others alone: they are decided in another round. */
  readonly isComing: ReadonlySet<number>
}

/** What came of them. */
export interface SettledOpen {
  readonly applied: AppliedBatch
  readonly rejected: readonly RejectedLegacy[]
  /** Those who wait for another one of the batch, or for the end of the source. */
  readonly waiting: Readonly<Record<'batch' | 'end', readonly EncodedLegacy[]>>
}

/** Inserts what is free, where that may be tried; else probes, matches, compares, decides, foresees, applies and re-reads. */
export async function settleOpen(
  state: PipelineState,
  batch: Batch,
  { open, recall, differences, isComing }: OpenBatch,
  phase: Phase,
): Promise<SettledOpen> {
  if (phase === 'reading' && recall.known.size === 0 && isComing.size === 0) {
    const inserted = await insertUnprobed(state, batch, open)
    if (inserted !== undefined) {
      const { applied, left } = inserted
      if (left.length === 0) return { applied, rejected: [], waiting: { batch: [], end: [] } }
      const asLeft = { open: left, recall, differences, isComing }
      const others = await matchOpen(state, batch, asLeft, phase)
      return { ...others, applied: joinApplied(applied, others.applied) }
    }
  }
  return matchOpen(state, batch, { open, recall, differences, isComing }, phase)
}

async function matchOpen(
  state: PipelineState,
  batch: Batch,
  { open, recall, differences, isComing }: OpenBatch,
  phase: Phase,
): Promise<SettledOpen> {
  const { prepared } = state
  const { pipeline, table } = prepared
  const { nameOf, runId } = state.context
  const probe = await batch.probe(pipeline.name, prepared.keys, stagedAsMerged(prepared, open))
  const matches = matchBatch(open, {
    recall,
    probe,
    ownerState: ownerStates(state, open, phase),
    succeeds: successionOf(state),
    lastCounts: lastCounts(state),
    fixedKeys: fixedKeys(table),
    deleted: pipeline.policies.deleted,
    isComing,
    phase,
  })
  // What is parked in between cannot be compared with what was read: nobody else may change it.
  const isHeld = phase === 'exchanging'
  if (isHeld) await batch.hold(table, rowKeysOf(recall))
  const compared = isHeld ? new Map<number, readonly Difference[]>() : differences
  const found = { matches, recall, compared }
  const { decided, rejected: refused } = await decideBatch(prepared, batch, open, found, nameOf)
  const { passed, rejected: foreseen } = await withoutForeseen(prepared, batch, decided)
  const writing = isHeld ? await parkValues(prepared, batch, passed, runId) : passed
  const applied = await applyBatch(prepared, batch, runId, writing, recall, phase === 'final')
  return {
    applied,
    rejected: [...refused, ...foreseen, ...applied.rejected],
    waiting: { batch: waiting('batch'), end: waiting('end') },
  }

  function waiting(until: Extract<Match, { kind: 'wait' }>['until']): EncodedLegacy[] {
    return open.filter((record, index) => {
      const match = matches[index]
      return match?.kind === 'wait' && match.until === until && !isComing.has(record.ordinal)
    })
  }
}

function rowKeysOf({ known }: Recall): string[] {
  return [...known.values()].flatMap(({ rowKey, rowExists }) => (rowExists ? [rowKey] : []))
}

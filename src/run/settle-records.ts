import { TargetError } from '../errors.js'
import { countRound } from './count-round.js'
import type { PipelineState } from './pipeline-state.js'
import type { MappedLegacy, RejectedLegacy } from './records.js'
import { inRetriedBatch } from './retried-batch.js'
import { RoundUndone, type Verdict } from './round-undone.js'
import { settleRound, type Round } from './settle-round.js'

/**
 * Settles the records of one batch: round after round, until none of them waits for another one of the same batch. Those that
 * wait for the end of the source are put aside.
 */
export async function settleRecords(
  state: PipelineState,
  records: readonly MappedLegacy[],
  rejected: readonly RejectedLegacy[],
  final = false,
): Promise<void> {
  if (records.length === 0 && rejected.length === 0) return
  let pending = records
  let extra = rejected
  do {
    state.context.signal.throwIfAborted()
    for (const record of pending) state.deferred.delete(record.legacyKey)
    const round = await committed(state, pending, extra, final)
    countRound(state, round, extra)
    const stuck = round.again.length === pending.length
    if (stuck && final && pending.length > 0) throw noProgress(state, pending.length)
    // Records of one batch that refer to each other in a circle wait for the end like all others.
    for (const record of stuck ? round.again : round.later) state.deferred.set(record.legacyKey, record)
    pending = stuck ? [] : round.again
    extra = []
  } while (pending.length > 0)
}

/**
 * Settles what waited for the end of the source: as long as some of it gets on, in the order of the source; what is left then
 * is decided for good.
 */
export async function settleDeferred(state: PipelineState, batchRecords: number): Promise<void> {
  state.sourceRead = true
  let left = Number.POSITIVE_INFINITY
  while (state.deferred.size > 0) {
    const final = state.deferred.size >= left
    left = state.deferred.size
    const waiting = [...state.deferred.values()].toSorted((a, b) => a.ordinal - b.ordinal)
    for (let start = 0; start < waiting.length; start += batchRecords) {
      await settleRecords(state, waiting.slice(start, start + batchRecords), [], final)
    }
  }
}

async function committed(
  state: PipelineState,
  records: readonly MappedLegacy[],
  extra: readonly RejectedLegacy[],
  final: boolean,
): Promise<Round> {
  const verdicts = new Map<number, Verdict>()
  for (;;) {
    try {
      return await inRetriedBatch(state.context, (batch) =>
        settleRound(state, batch, records, extra, final, verdicts),
      )
    } catch (error) {
      if (!(error instanceof RoundUndone)) throw error
      for (const [ordinal, verdict] of error.verdicts) verdicts.set(ordinal, verdict)
    }
  }
}

function noProgress(state: PipelineState, records: number): TargetError {
  const { name } = state.prepared.pipeline
  return new TargetError('run.no_progress', `${records} records of ${name} wait for each other.`, {
    hint: 'This is a defect of carryover: please report it with the pipeline and a sample.',
  })
}

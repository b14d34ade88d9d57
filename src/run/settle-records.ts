import { setTimeout as sleep } from 'node:timers/promises'
import { TargetError } from '../errors.js'
import { countRound } from './count-round.js'
import { keepOpen } from './keep-open.js'
import type { PipelineState } from './pipeline-state.js'
import type { MappedLegacy, RejectedLegacy } from './records.js'
import { RoundUndone, type Verdict } from './round-undone.js'
import { settleRound, type Round } from './settle-round.js'

/** How often a transaction that failed by what passes is tried again. */
const retries = 5

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
  // Chains of references settle one link a round: what waits for its turn is not asked each time.
  let window = records.length
  do {
    state.context.signal.throwIfAborted()
    const asked = pending.slice(0, window)
    for (const record of asked) state.deferred.delete(record.legacyKey)
    const round = await committed(state, asked, extra, final)
    countRound(state, round, extra)
    keepOpen(state, round)
    const stuck = round.again.length === asked.length
    if (stuck && final && asked.length > 0) throw noProgress(state, asked.length)
    for (const record of [...round.again, ...round.later]) state.deferred.set(record.legacyKey, record)
    // Records of one batch that wait for each other wait for the end like all others.
    pending = [...(stuck ? [] : round.again), ...pending.slice(window)]
    window = Math.max(2, 2 * (asked.length - round.again.length))
    extra = []
  } while (pending.length > 0)
}

async function committed(
  state: PipelineState,
  records: readonly MappedLegacy[],
  extra: readonly RejectedLegacy[],
  final: boolean,
): Promise<Round> {
  const verdicts = new Map<number, Verdict>()
  for (let attempt = 1; ;) {
    try {
      return await state.context.target.inBatch((batch) =>
        settleRound(state, batch, records, extra, final, verdicts),
      )
    } catch (error) {
      if (error instanceof RoundUndone) {
        for (const [ordinal, verdict] of error.verdicts) verdicts.set(ordinal, verdict)
        continue
      }
      if (!(error instanceof TargetError) || !error.retryable || attempt > retries) throw error
      await sleep(50 * 2 ** attempt, undefined, { signal: state.context.signal })
      attempt += 1
    }
  }
}

function noProgress(state: PipelineState, records: number): TargetError {
  const { name } = state.prepared.pipeline
  return new TargetError('run.no_progress', `${records} records of ${name} wait for each other.`, {
    hint: 'This is a defect of carryover: please report it with the pipeline and a sample.',
  })
}

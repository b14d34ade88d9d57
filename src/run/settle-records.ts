import { TargetError } from '../errors.js'
import type { Phase } from '../record/match-record.js'
import { countRound } from './count-round.js'
import { keepOpen } from './keep-open.js'
import { noteAliases } from './may-move.js'
import type { PipelineState } from './pipeline-state.js'
import type { MappedLegacy, RejectedLegacy } from './records.js'
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
  phase: Phase = 'reading',
): Promise<void> {
  if (records.length === 0 && rejected.length === 0) return
  let pending = records
  let extra = rejected
  // Chains of references settle one link a round: what waits for its turn is not asked each time.
  let window = records.length
  do {
    state.context.signal.throwIfAborted()
    let asked: readonly MappedLegacy[] = []
    const next = () => {
      const most = Math.min(window, state.context.pace.records)
      const fewer = pending.length <= most ? pending : pending.slice(0, most)
      // What a lost transaction had asked for beyond that waits on.
      for (const record of asked.slice(fewer.length)) state.deferred.set(record.legacyKey, record)
      if (state.deferred.size > 0) for (const record of fewer) state.deferred.delete(record.legacyKey)
      return (asked = fewer)
    }
    const round = await commitRound(state, next, extra, phase)
    countRound(state, round, extra)
    keepOpen(state, round)
    noteAliases(state, round)
    const again = inOrderOf(records, round.again)
    // Whose row somebody changed meanwhile has not waited for anybody.
    const stuck = again.length === asked.length && round.moved === 0
    if (stuck && phase === 'final' && asked.length > 0) throw noProgress(state, asked.length)
    for (const record of [...again, ...round.later]) state.deferred.set(record.legacyKey, record)
    if (phase === 'closing') for (const record of round.later) state.held.add(record.legacyKey)
    // Records of one batch that wait for each other wait for the end like all others.
    pending = [...(stuck ? [] : again), ...pending.slice(asked.length)]
    window = Math.max(2, 2 * (asked.length - again.length))
    extra = []
  } while (pending.length > 0)
}

/** Records of a batch in the order that all of them have. */
function inOrderOf(all: readonly MappedLegacy[], some: readonly MappedLegacy[]): readonly MappedLegacy[] {
  if (some.length === 0) return some
  const places = new Map(all.map((record, place) => [record.ordinal, place]))
  const placeOf = (record: MappedLegacy) => places.get(record.ordinal) as number
  return some.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/**
 * Takes records through one transaction, and again from the start where it failed by what passes.
 * @param next says which, at each try: fewer may get through where many did not
 * @param inspect sees the round before it is committed; what it throws rolls the round back
 */
export async function commitRound(
  state: PipelineState,
  next: () => readonly MappedLegacy[],
  extra: readonly RejectedLegacy[],
  phase: Phase,
  inspect: (round: Round) => void = () => undefined,
): Promise<Round> {
  const { target, pace } = state.context
  const verdicts = new Map<number, Verdict>()
  for (;;) {
    try {
      let tried: readonly MappedLegacy[] | undefined
      const committed = await target.inBatch(async (batch) => {
        if (tried !== undefined) {
          pace.failed(tried.length)
          // Rows that were found may have been those of the lost transaction.
          state.resolved.clear()
        }
        tried = next()
        const round = await settleRound(state, batch, tried, extra, phase, verdicts)
        inspect(round)
        return round
      })
      pace.succeeded()
      return committed
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

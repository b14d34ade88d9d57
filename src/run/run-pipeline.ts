import { LimitError } from '../errors.js'
import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { OwnedEntry } from '../target/batch.js'
import { claimKeys } from './claim-keys.js'
import { completeReferences } from './complete-references.js'
import { countLeft } from './count-left.js'
import { addCounts } from './enum-counts.js'
import { findMissing } from './find-missing.js'
import { finishPipeline, type PipelineResult } from './finish-pipeline.js'
import { openPipeline } from './open-pipeline.js'
import type { PipelineState } from './pipeline-state.js'
import { noteGone } from './note-decisions.js'
import { familyOf } from './prepared-pipeline.js'
import type { RunContext } from './run-context.js'
import type { RolledBack } from './rolled-back.js'
import type { VerificationCheck } from './run-report.js'
import { settleDeferred } from './settle-deferred.js'
import { mayFree, settleFreed } from './settle-freed.js'
import { settleRecords } from './settle-records.js'
import { countWhole } from './whole-source.js'
import { takeBack } from './take-back.js'
import { countWarning, type Tally } from './tally.js'
import { entriesHaveRows, outcomesAddUp, verifyPipeline } from './verify-pipeline.js'
import { withoutTaken } from './without-taken.js'

/** A pipeline whose source was read and settled. */
export interface PipelineRun {
  readonly pipeline: CompiledPipeline
  readonly tally: Tally
  /** Late references are open, or records are to be removed: it is finished when the other pipelines have run. */
  readonly isOpen: boolean
  /** Why all that it wrote was rolled back. */
  readonly rolledBack?: RolledBack
  /** The second pass: what late references lead to is there when the other pipelines have run. */
  complete(): Promise<void>
  /** More records are gone from the source than may be removed. */
  readonly overLimit: LimitError | undefined
  /** Removes what is gone from the source, when all pipelines have run, and settles who waited for that; false when nothing moved. */
  removeMissing(): Promise<boolean>
  /** Lets what is left of what is gone from the source stay, and tells it. */
  keepMissing(): void
  /** How many records wait for what is gone from the source to be removed. */
  waiting(): number
  /** Decides them for good. */
  decideWaiting(): Promise<void>
  /** Counts everything a second time but the sequences, which are moved at the end; false when something is amiss. */
  verify(): Promise<boolean>
  /** Nothing of it is in the target: its transaction was rolled back. */
  takeBack(): void
  /**
   * Verifies unless that was done, and moves the sequences.
   * @param open pipelines of this run whose rows may still move; none by default
   */
  finish(open?: ReadonlySet<string>): Promise<PipelineResult>
}

/** Runs one pipeline through its source. */
export async function runPipeline(
  context: RunContext,
  pipeline: CompiledPipeline,
  position: { index: number; count: number },
): Promise<PipelineRun> {
  const opened = await openPipeline(context, pipeline, position)
  const { state, batchRecords, eachChunk, clock } = opened
  await countLeft(state)
  for (const { unusedKeys } of familyOf(state.prepared))
    for (const key of unusedKeys) countWarning(state.tally, 'key_unused', undefined, key)
  const { shortCuts } = state
  if (shortCuts.way === 'whole') countWhole(state.tally, shortCuts.whole)
  else
    await eachChunk(async (chunk) => {
      addCounts(state.tally.enums, chunk.enums)
      const claimed = claimKeys(state.seen, chunk)
      state.tally.untouched += claimed.untouched.length
      state.tally.outcomes.unchanged += claimed.untouched.length
      const { first, rejected } = context.replay === undefined ? claimed : await withoutTaken(state, claimed)
      for (const record of first) state.circles.add(record)
      await settleRecords(state, first, rejected)
    })
  await settleDeferred(state, batchRecords, mayFree(state) ? 'closing' : 'final')
  opened.tellProgress()
  const found = await missingOrLimit(state)
  const overLimit = found instanceof LimitError ? found : undefined
  let missing = found instanceof LimitError ? [] : found
  const decideWaiting = () => settleDeferred(state, batchRecords, 'final')
  if (missing.length === 0) await decideWaiting()
  clock.hold()
  let checks: VerificationCheck[] | undefined
  let isTakenBack = false
  const atWork = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    clock.goOn()
    const result = await work()
    clock.hold()
    return result
  }
  const verify = async () => {
    await decideWaiting()
    await completeReferences(state, batchRecords)
    opened.tellProgress()
    checks = context.dryRun
      ? [outcomesAddUp(state), await entriesHaveRows(state)]
      : await verifyPipeline(state)
    return checks
  }
  return {
    pipeline,
    tally: state.tally,
    isOpen:
      overLimit !== undefined || missing.length > 0 || (state.open.length > 0 && pipeline.late.length > 0),
    complete: () => atWork(() => completeReferences(state, batchRecords)),
    overLimit,
    removeMissing: () =>
      atWork(async () => {
        const before = missing.length + state.deferred.size
        missing = await settleFreed(state, missing, batchRecords)
        return missing.length + state.deferred.size < before
      }),
    keepMissing: () => {
      noteGone(state, 'keep', missing)
      if (missing.length > 0) countWarning(state.tally, 'removal_kept', undefined, undefined, missing.length)
    },
    waiting: () => state.deferred.size,
    decideWaiting: () => atWork(decideWaiting),
    verify: () => atWork(async () => (await verify()).every(({ ok }) => ok)),
    takeBack: () => {
      isTakenBack = true
      takeBack(state.tally)
      // What was not as it should be may be why it was rolled back; what was, is gone.
      checks = [outcomesAddUp(state), ...(checks ?? []).filter(({ ok }) => !ok)]
    },
    finish: (open = new Set()) =>
      atWork(async () =>
        finishPipeline(opened, pipeline, checks ?? (await verify()), {
          isTakenBack,
          isOverLimit: overLimit !== undefined,
          open,
        }),
      ),
  }
}

async function missingOrLimit(state: PipelineState): Promise<readonly OwnedEntry[] | LimitError> {
  try {
    return await findMissing(state)
  } catch (error) {
    if (error instanceof LimitError) return error
    throw error
  }
}

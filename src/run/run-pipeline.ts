import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { SequenceMove } from '../target/target.js'
import { claimKeys } from './claim-keys.js'
import { completeReferences } from './complete-references.js'
import { openPipeline, type OpenPipeline } from './open-pipeline.js'
import type { PipelineState } from './pipeline-state.js'
import type { RunContext } from './run-context.js'
import type { PipelineReport } from './run-report.js'
import { settleDeferred } from './settle-deferred.js'
import { settleRecords } from './settle-records.js'
import { countWarning } from './tally.js'
import { entriesHaveRows, outcomesAddUp, verifyPipeline } from './verify-pipeline.js'

/** What a pipeline did, and the sequences it moved. */
export interface PipelineResult {
  readonly report: PipelineReport
  readonly sequences: readonly SequenceMove[]
}

/** A pipeline whose source was read and settled. */
export interface PipelineRun {
  /** Late references are open: it is finished when the other pipelines have run. */
  readonly isOpen: boolean
  /** The second pass, the sequences and the verification. */
  finish(): Promise<PipelineResult>
}

/** Runs one pipeline through its source. */
export async function runPipeline(
  context: RunContext,
  pipeline: CompiledPipeline,
  position: { index: number; count: number },
): Promise<PipelineRun> {
  const opened = await openPipeline(context, pipeline, position)
  const { state, batchRecords, eachChunk } = opened
  for (const key of state.prepared.unusedKeys) countWarning(state.tally, 'key_unused', undefined, key)
  await eachChunk(async (chunk) => {
    const { first, rejected } = claimKeys(state.seen, chunk)
    for (const record of first) state.circles.add(record)
    await settleRecords(state, first, rejected)
  })
  await settleDeferred(state, batchRecords)
  return {
    isOpen: state.open.length > 0 && pipeline.late.length > 0,
    finish: () => finishPipeline(context, opened),
  }
}

async function finishPipeline(context: RunContext, opened: OpenPipeline): Promise<PipelineResult> {
  const { state, batchRecords, tellProgress, report } = opened
  await completeReferences(state, batchRecords)
  tellProgress()
  if (context.dryRun)
    return { report: report([outcomesAddUp(state), await entriesHaveRows(state)]), sequences: [] }
  await closeSettledRejects(state)
  const sequences = [...(await context.target.advanceSequences(state.prepared.table))]
  for (const name of state.stubbed)
    sequences.push(...(await context.target.advanceSequences(await context.tableOf(name))))
  return { report: report(await verifyPipeline(state)), sequences }
}

/** Rejects of earlier runs that did not come up again are closed. */
async function closeSettledRejects(state: PipelineState): Promise<void> {
  const { ledger } = state.context.target
  const { name } = state.prepared.pipeline
  const open = await ledger.openRejectIds(name)
  await ledger.closeRejects(
    name,
    state.context.runId,
    open.filter((id) => !state.rejectIds.has(id)),
  )
}

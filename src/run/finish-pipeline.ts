import type { SourceError } from '../errors.js'
import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { SequenceMove } from '../target/target.js'
import { keepShortCuts } from './keep-short-cuts.js'
import { listEnums } from './list-enums.js'
import type { OpenPipeline } from './open-pipeline.js'
import type { PipelineState } from './pipeline-state.js'
import { familyOf } from './prepared-pipeline.js'
import type { PipelineReport, VerificationCheck } from './run-report.js'
import { sequencesAreAhead } from './verify-pipeline.js'

/** What a pipeline did, the sequences it moved, and what broke its source. */
export interface PipelineResult {
  readonly report: PipelineReport
  readonly sequences: readonly SequenceMove[]
  readonly fault: SourceError | undefined
}

/** How a pipeline came to its end. */
export interface Ending {
  /** Nothing that it wrote is in the target any more. */
  readonly isTakenBack: boolean
  readonly isOverLimit: boolean
  /** Pipelines of this run whose rows may still move. */
  readonly open: ReadonlySet<string>
}

/** Closes what is settled, keeps what a later run may skip, moves the sequences and reports. */
export async function finishPipeline(
  { state, report }: OpenPipeline,
  pipeline: CompiledPipeline,
  checks: readonly VerificationCheck[],
  { isTakenBack, isOverLimit, open }: Ending,
): Promise<PipelineResult> {
  const { context } = state
  const enums = listEnums(pipeline, state.tally.enums, context.settings)
  const { fault } = state
  if (context.dryRun || isTakenBack)
    return { report: { ...report([...checks]), enums }, sequences: [], fault }
  // A reject of an earlier run may stand behind the break.
  if (fault === undefined) await closeSettledRejects(state)
  const isSound = fault === undefined && !isOverLimit && checks.every(({ ok }) => ok)
  if (isSound) await keepShortCuts(state, report([]).source.files, checks, open)
  const sequences: SequenceMove[] = []
  for (const { table } of familyOf(state.prepared))
    sequences.push(...(await context.target.advanceSequences(table)))
  for (const name of state.stubbed)
    sequences.push(...(await context.target.advanceSequences(await context.tableOf(name))))
  return { report: { ...report([...checks, await sequencesAreAhead(state)]), enums }, sequences, fault }
}

/** Rejects of earlier runs that did not come up again are closed; of a replay those that were replayed. */
async function closeSettledRejects(state: PipelineState): Promise<void> {
  const { replay, target } = state.context
  const { ledger } = target
  const { name } = state.prepared.pipeline
  const open =
    replay === undefined
      ? await ledger.openRejectIds(name)
      : (await replay.choiceOf(name)).chosen.map(({ id }) => id)
  await ledger.closeRejects(
    name,
    state.context.runId,
    open.filter((id) => !state.rejectIds.has(id)),
  )
}

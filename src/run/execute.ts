import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { PlannedTarget } from '../target/planned/open-planned.js'
import type { Target, TargetInfo } from '../target/target.js'
import type { RunOptions } from './options.js'
import { openProject, selectedPipelines } from './project.js'
import { exceedsLimit } from './reject-limit.js'
import { reportError } from './report-error.js'
import { preparedReader, tableReader, type RunContext } from './run-context.js'
import type { PipelineResult, PipelineRun, runPipeline } from './run-pipeline.js'
import type { PipelineReport, RunReport } from './run-report.js'
import { runSignal } from './run-signal.js'
import type { Settings } from './settings.js'
import { sourceKeysReader } from './source-keys.js'
import { noOutcomes } from './tally.js'

/** How one command goes through the pipelines. */
export interface Execution {
  readonly command: RunReport['command']
  readonly dryRun: boolean
  readonly shownChanges: number
  /** What is done with each pipeline. */
  readonly each: typeof runPipeline
  /** Opens what the pipelines write to. */
  open(settings: Settings): Promise<Target>
  /** Wraps the pipelines: the lock, the ledger's row. */
  around(frame: Frame): Promise<Outcome>
}

/** What is known when the pipelines are about to run. */
export interface Frame {
  readonly target: Target
  readonly settings: Settings
  readonly pipelines: readonly CompiledPipeline[]
  /** Runs the pipelines under the ledger's number of the run. */
  work(runId: number): Promise<Outcome>
  /** What came of the pipelines so far, as JSON text without values. */
  summary(): string
}

/** What all pipelines together came to. */
export interface Outcome {
  readonly status: RunReport['status']
  readonly exitCode: number
}

/** Goes through the pipelines and reports. Never throws what a user can mend: it comes back in `errors`. */
export async function execute(options: RunOptions, execution: Execution): Promise<RunReport> {
  const startedAt = new Date()
  const draft = newDraft(execution, startedAt)
  let target: Target | undefined
  try {
    const project = await openProject(options)
    const pipelines = selectedPipelines(project)
    target = await execution.open(project.settings)
    draft.target = { ...target.info }
    const opened = target
    const outcome = await execution.around({
      target,
      settings: project.settings,
      pipelines,
      work: async (runId) => {
        draft.runId = execution.dryRun ? null : runId
        const context = newContext(options, execution, project.settings, project.pipelines, opened, runId)
        return runAll(context, execution.each, pipelines, draft)
      },
      summary: () => summaryOf(draft),
    })
    Object.assign(draft, outcome)
  } catch (error) {
    const { error: reported, ...outcome } = reportError(error)
    Object.assign(draft, outcome)
    draft.errors.push(reported)
  } finally {
    await target?.close()
  }
  const finishedAt = new Date()
  return {
    ...draft,
    finishedAt: finishedAt.toISOString(),
    durationMs: finishedAt.getTime() - startedAt.getTime(),
  }
}

async function runAll(
  context: RunContext,
  each: Execution['each'],
  pipelines: readonly CompiledPipeline[],
  draft: RunReport,
): Promise<Outcome> {
  const names = pipelines.map(({ name }) => name)
  const waiting: PipelineRun[] = []
  for (const [index, pipeline] of pipelines.entries()) {
    context.signal.throwIfAborted()
    const begun = await each(context, pipeline, { index: index + 1, count: pipelines.length })
    if (begun.isOpen) waiting.push(begun)
    else addResult(draft, names, await begun.finish())
  }
  // What its late references lead to is there by now.
  for (const begun of waiting) addResult(draft, names, await begun.finish())
  return judge(draft.pipelines, context.pipelines)
}

/** Puts a pipeline's report in its place: the reports stand in the order the pipelines run. */
function addResult(draft: RunReport, names: readonly string[], { report, sequences }: PipelineResult): void {
  draft.pipelines.push(report)
  draft.pipelines.sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
  draft.sequences.push(...sequences)
  for (const key of Object.keys(draft.totals) as (keyof typeof draft.totals)[])
    draft.totals[key] += report.outcomes[key]
}

/** What the ledger keeps of a run: counts, and no key or value of a record. */
function summaryOf(draft: RunReport): string {
  const pipelines = draft.pipelines.map(({ name, source, outcomes, rows, verification, durationMs }) => ({
    name,
    source,
    outcomes,
    rows,
    verification,
    durationMs,
  }))
  return JSON.stringify({ pipelines, totals: draft.totals, sequences: draft.sequences })
}

/** The status of a run whose pipelines all came to their end. */
function judge(
  reports: readonly PipelineReport[],
  pipelines: ReadonlyMap<string, CompiledPipeline>,
): Outcome {
  if (reports.some((report) => !report.verification.ok)) return { status: 'failed', exitCode: 4 }
  const over = reports.some((report) =>
    exceedsLimit(
      report.outcomes.rejected,
      report.source.records,
      pipelines.get(report.name)?.limits.rejects ?? 0,
    ),
  )
  return over ? { status: 'rejects', exitCode: 4 } : { status: 'ok', exitCode: 0 }
}

function newContext(
  options: RunOptions,
  execution: Execution,
  settings: Settings,
  all: readonly CompiledPipeline[],
  target: Target,
  runId: number,
): RunContext {
  const pipelines = new Map(all.map((pipeline) => [pipeline.name, pipeline]))
  const tableOf = tableReader(target, pipelines)
  const signal = runSignal(options.signal, settings.timeoutMs)
  return {
    target,
    settings,
    runId,
    dryRun: execution.dryRun,
    shownChanges: execution.shownChanges,
    pipelines,
    signal,
    onProgress: options.onProgress,
    nameOf: 'nameOf' in target ? (target as PlannedTarget).nameOf : (rowKey) => rowKey,
    tableOf,
    preparedOf: preparedReader(pipelines, tableOf),
    sourceKeysOf: sourceKeysReader(pipelines, settings, signal),
  }
}

const unknownTarget: TargetInfo = { dialect: 'sqlite', version: '', database: '' }

function newDraft(execution: Execution, startedAt: Date): RunReport {
  return {
    schemaVersion: 1,
    command: execution.command,
    runId: null,
    status: 'failed',
    exitCode: 1,
    dryRun: execution.dryRun,
    target: unknownTarget,
    startedAt: startedAt.toISOString(),
    finishedAt: '',
    durationMs: 0,
    pipelines: [],
    totals: noOutcomes(),
    sequences: [],
    errors: [],
  }
}

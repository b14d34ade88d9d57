import type { CarryoverError } from '../errors.js'
import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { readDefinitions, type Definitions } from '../pipeline/definitions.js'
import type { PlannedTarget } from '../target/planned/open-planned.js'
import type { Target } from '../target/target.js'
import type { Decisions } from './decisions.js'
import type { RunOptions } from './options.js'
import { newPace } from './pace.js'
import { newDraft } from './new-draft.js'
import { openSources, type Sources } from './open-sources.js'
import { processClock } from './process-clock.js'
import { profiledTarget } from './profiled-target.js'
import { noProfiler, startProfiler } from './profiler.js'
import { openProject, selectedPipelines } from './project.js'
import { openReplay } from './replay.js'
import { refuseElsewhere } from './refuse-elsewhere.js'
import { endWithError, reportError } from './report-error.js'
import type { requireLabels } from './require-labels.js'
import { preparedReader, tableReader, type RunContext } from './run-context.js'
import type { Outcome } from './judge.js'
import type { RunReport } from './run-report.js'
import { runSignal } from './run-signal.js'
import type { Settings } from './settings.js'
import { sourceKeysReader } from './source-keys.js'
import { timedWait } from './timed-wait.js'
import { toolVersion } from './tool-version.js'

/** How one command goes through the pipelines. */
export interface Execution {
  readonly command: RunReport['command']
  readonly dryRun: boolean
  readonly shownChanges: number
  /** Where what is decided for the records is taken down. */
  readonly decisions?: Decisions | undefined
  /** The options, when they are known in part alone until a file is read. */
  completeOptions?(): Promise<RunOptions>
  /** Records come from the open rejects of the ledger, and no source is read. */
  readonly replays?: boolean
  /** What must hold before the first of them. */
  readonly before?: typeof requireLabels
  /** Takes the pipelines through their sources. */
  readonly all: (
    context: RunContext,
    pipelines: readonly CompiledPipeline[],
    draft: RunReport,
  ) => Promise<Outcome>
  /** Opens what the pipelines write to. */
  open(settings: Settings, signal: AbortSignal): Promise<Target>
  /** Wraps the pipelines: the lock, the ledger's row. */
  around(frame: Frame): Promise<Outcome>
}

/** What is known when the pipelines are about to run. */
export interface Frame {
  readonly target: Target
  readonly settings: Settings
  readonly pipelines: readonly CompiledPipeline[]
  readonly signal: AbortSignal
  /** What says how records are mapped. */
  definitions(): Promise<Definitions>
  /** Runs the pipelines under the ledger's number of the run. */
  work(runId: number): Promise<Outcome>
  /** Computes what the pipelines would do on another target, with the same sources. */
  foresee(target: Target, decisions: Decisions): Promise<RunReport>
  /** Adds an error to the report that does not end the command. */
  tell(error: CarryoverError): void
  /** What came of the pipelines so far, as JSON text without values. */
  summary(): string
}

/** Goes through the pipelines and reports. Never throws what a user can mend: it comes back in `errors`. */
export async function execute(given: RunOptions, execution: Execution): Promise<RunReport> {
  const startedAt = new Date()
  const profiler = given.profile === true ? startProfiler(processClock) : noProfiler
  const draft = newDraft(execution, startedAt)
  let target: Target | undefined
  let sources: Sources | undefined
  try {
    const options = (await execution.completeOptions?.()) ?? given
    const project = await timedWait(profiler, 'load', () => openProject(options))
    const { settings } = project
    const pipelines = selectedPipelines(project)
    if (execution.command !== 'verify') refuseElsewhere(pipelines, settings.environment)
    const signal = runSignal(options.signal, settings.timeoutMs)
    const opened = await timedWait(profiler, 'connect', () => execution.open(settings, signal))
    target = profiledTarget(opened, profiler)
    draft.target = { ...target.info }
    const replay = execution.replays === true ? openReplay(target.ledger) : undefined
    sources =
      replay ??
      (await timedWait(profiler, 'check source', () =>
        openSources(pipelines, { displayDir: settings.cwd, stdin: options.stdin, signal }),
      ))
    draft.errors.push(...sources.broken.map((error) => reportError(error).error))
    if (sources.broken.length === 0) {
      let read: Promise<Definitions> | undefined
      const definitions = () => (read ??= readDefinitions(project.loader, settings, toolVersion()))
      const all = project.pipelines
      const ground = { target, sources, replay, signal, settings, profiler, startedAt, definitions, all }
      const goThrough = async (context: RunContext, report: RunReport): Promise<Outcome> => {
        await execution.before?.(context, pipelines)
        return execution.all(context, pipelines, report)
      }
      const outcome = await execution.around({
        target,
        settings,
        pipelines,
        signal,
        definitions,
        work: (runId) => {
          draft.runId = execution.dryRun ? null : runId
          return goThrough(newContext(options, execution, ground, runId), draft)
        },
        foresee: async (planned, decisions) => {
          const foreseen = newDraft(execution, startedAt)
          const way = { ...execution, dryRun: true, decisions }
          const context = newContext(options, way, { ...ground, target: planned, profiler: noProfiler }, 0)
          const through = () => goThrough(context, foreseen)
          return { ...foreseen, ...(await timedWait(profiler, 'check plan', through)) }
        },
        tell: (error) => void draft.errors.push(reportError(error).error),
        summary: () => summaryOf(draft),
      })
      Object.assign(draft, outcome)
    }
  } catch (error) {
    endWithError(draft, error)
  } finally {
    await sources?.close()
    await target?.close()
  }
  const profile = profiler.ofRun()
  const finishedAt = new Date()
  return {
    ...draft,
    ...(profile !== undefined && { profile }),
    finishedAt: finishedAt.toISOString(),
    durationMs: finishedAt.getTime() - startedAt.getTime(),
  }
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

/** What is open when the pipelines are about to run. */
type Ground = Pick<
  RunContext,
  'target' | 'settings' | 'sources' | 'replay' | 'signal' | 'profiler' | 'startedAt' | 'definitions'
> & {
  all: readonly CompiledPipeline[]
}

function newContext(
  options: RunOptions,
  execution: Execution,
  { target, settings, sources, replay, signal, profiler, startedAt, definitions, all }: Ground,
  runId: number,
): RunContext {
  const pipelines = new Map(all.map((pipeline) => [pipeline.name, pipeline]))
  const tableOf = tableReader(target, pipelines)
  return {
    target,
    settings,
    runId,
    startedAt,
    dryRun: execution.dryRun,
    decisions: execution.decisions,
    writes: !('nameOf' in target),
    shownChanges: execution.shownChanges,
    pipelines,
    definitions,
    signal,
    pace: newPace(),
    profiler,
    sources,
    replay,
    onProgress: options.onProgress,
    nameOf: 'nameOf' in target ? (target as PlannedTarget).nameOf : (rowKey) => rowKey,
    tableOf,
    preparedOf: preparedReader(pipelines, tableOf, startedAt),
    sourceKeysOf: sourceKeysReader(pipelines, sources, signal),
  }
}

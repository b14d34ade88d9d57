import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { exceedsLimit } from './reject-limit.js'
import { reportError } from './report-error.js'
import type { RunContext } from './run-context.js'
import type { PipelineResult, PipelineRun, runPipeline } from './run-pipeline.js'
import type { PipelineReport, RunReport } from './run-report.js'

/** What all pipelines together came to. */
export interface Outcome {
  readonly status: RunReport['status']
  readonly exitCode: number
}

/** Takes every pipeline through its source, then what can only be done when all have run. */
export async function runAll(
  context: RunContext,
  each: typeof runPipeline,
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
  // What late references lead to is there by now.
  for (const begun of waiting) await begun.complete()
  const overLimit = waiting.flatMap((begun) => begun.overLimit ?? [])
  // What the rows of a pipeline point at belongs to earlier ones.
  if (overLimit.length === 0) for (const begun of waiting.toReversed()) await begun.removeMissing()
  for (const begun of waiting) addResult(draft, names, await begun.finish())
  draft.errors.push(...overLimit.map((error) => reportError(error).error))
  if (overLimit.length > 0) return { status: 'failed', exitCode: 4 }
  // What a broken source did not give is missing, however good the rest is.
  if (draft.errors.length > 0) return { status: 'failed', exitCode: 1 }
  return judge(draft.pipelines, context.pipelines)
}

/** Puts a pipeline's report in its place: the reports stand in the order the pipelines run. */
function addResult(
  draft: RunReport,
  names: readonly string[],
  { report, sequences, fault }: PipelineResult,
): void {
  draft.pipelines.push(report)
  if (fault !== undefined) draft.errors.push(reportError(fault).error)
  draft.pipelines.sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
  draft.sequences.push(...sequences)
  for (const key of Object.keys(draft.totals) as (keyof typeof draft.totals)[])
    draft.totals[key] += report.outcomes[key]
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

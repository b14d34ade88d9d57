import { reportError } from './report-error.js'
import type { PipelineResult } from './finish-pipeline.js'
import type { RunReport } from './run-report.js'

/**
 * Puts a pipeline's report in its place: the reports stand in the order the pipelines run.
 * @param names of all pipelines, in that order
 */
export function addResult(
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

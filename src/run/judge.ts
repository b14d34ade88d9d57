import type { LimitError } from '../errors.js'
import { exceedsLimit } from './reject-limit.js'
import { reportError } from './report-error.js'
import type { RunContext } from './run-context.js'
import type { RunReport } from './run-report.js'

/** What all pipelines together came to. */
export interface Outcome {
  readonly status: RunReport['status']
  readonly exitCode: number
}

/**
 * The status of a run whose pipelines all came to their end; so far its report has the errors of their sources.
 * @param overLimit pipelines of which more records are gone than may be removed
 * @param rolledBack what was not applied for its rejects, and what was not run for that
 */
export function judge(
  draft: RunReport,
  { pipelines }: RunContext,
  overLimit: readonly LimitError[],
  rolledBack: readonly LimitError[],
): Outcome {
  const broken = draft.errors.length > 0
  draft.errors.push(...[...overLimit, ...rolledBack].map((error) => reportError(error).error))
  if (overLimit.length > 0) return { status: 'failed', exitCode: 4 }
  // What a broken source did not give is missing, however good the rest is.
  if (broken) return { status: 'failed', exitCode: 1 }
  if (draft.pipelines.some((report) => !report.verification.ok)) return { status: 'failed', exitCode: 4 }
  const over = draft.pipelines.some(({ name, outcomes, source }) =>
    exceedsLimit(outcomes.rejected, source.records, pipelines.get(name)?.limits.rejects ?? 0),
  )
  return over ? { status: 'rejects', exitCode: 4 } : { status: 'ok', exitCode: 0 }
}

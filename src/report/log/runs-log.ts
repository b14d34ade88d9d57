import type { RunsReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { formatRunsEnding } from '../text/format-runs-text.js'
import { describeRun } from '../words/describe-run.js'
import { endingLog } from './ending-log.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'

/** The runs of a database as log lines: one for each, then the summary. */
export function runsLog(report: RunsReport): LogEntry[] {
  const { runs, errors } = report
  return [
    ...runs.map((run): LogEntry => ({
      level: 'info',
      message: `run ${run.id}: ${run.command}, ${describeRun(run)}`,
      ...run,
    })),
    ...errorLog(errors),
    endingLog(report, formatRunsEnding(report, paint(false)), {
      runs: runs.length,
    }),
  ]
}

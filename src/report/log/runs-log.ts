import type { RunsReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { formatRunsEnding } from '../text/format-runs-text.js'
import { describeRun } from '../words/describe-run.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'

/** The runs of a database as log lines: one for each, then the summary. */
export function runsLog(report: RunsReport): LogEntry[] {
  const { runs, errors, status, exitCode } = report
  return [
    ...runs.map((run): LogEntry => ({
      level: 'info',
      message: `run ${run.id}: ${run.command}, ${describeRun(run)}`,
      ...run,
    })),
    ...errorLog(errors),
    {
      level: status === 'ok' ? 'info' : 'error',
      message: formatRunsEnding(report, paint(false)),
      command: 'runs',
      status,
      exitCode,
      runs: runs.length,
    },
  ]
}

import type { CheckReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { formatCheckEnding } from '../text/format-check-text.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'

/** What `check` found as log lines. */
export function checkLog(report: CheckReport): LogEntry[] {
  const { problems, errors, status, exitCode, pipelines } = report
  return [
    ...problems.map(({ severity, message, ...facts }): LogEntry => ({
      level: severity === 'error' ? 'error' : 'warn',
      message: stripControls(message),
      ...facts,
    })),
    ...errorLog(errors),
    {
      level: status === 'ok' ? 'info' : 'error',
      message: formatCheckEnding(report, paint(false)),
      command: 'check',
      status,
      exitCode,
      pipelines: pipelines.length,
      problems: problems.length,
    },
  ]
}

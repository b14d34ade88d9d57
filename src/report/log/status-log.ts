import type { StatusReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { formatStatusEnding } from '../text/format-status-text.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'

/** What the ledger knows as log lines: one per pipeline, then the summary. */
export function statusLog(report: StatusReport): LogEntry[] {
  const { pipelines, errors, status, exitCode, lastRun } = report
  return [
    ...pipelines.map((state): LogEntry => ({
      level: 'info',
      message: `pipeline ${state.pipeline}`,
      ...state,
    })),
    ...errorLog(errors),
    {
      level: status === 'ok' ? 'info' : 'error',
      message: formatStatusEnding(report, paint(false)),
      command: 'status',
      status,
      exitCode,
      lastRun: lastRun?.id ?? null,
      lastStatus: lastRun?.status ?? null,
    },
  ]
}

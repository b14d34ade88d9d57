import type { StatusReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { formatStatusEnding } from '../text/format-status-text.js'
import { describeLease } from '../words/describe-lease.js'
import { endingLog } from './ending-log.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'

/** What the ledger knows as log lines: one per pipeline, then the summary. */
export function statusLog(report: StatusReport): LogEntry[] {
  const { pipelines, errors, lastRun, lease } = report
  return [
    ...pipelines.map((state): LogEntry => ({
      level: 'info',
      message: `pipeline ${state.pipeline}`,
      ...state,
    })),
    ...(lease === null
      ? []
      : [
          {
            ...lease,
            level: lease.held ? 'info' : 'warn',
            message: `${lease.held ? 'at work' : 'left by a run that died'}: ${describeLease(lease)}`,
          } satisfies LogEntry,
        ]),
    ...errorLog(errors),
    endingLog(report, formatStatusEnding(report, paint(false)), {
      lastRun: lastRun?.id ?? null,
      lastStatus: lastRun?.status ?? null,
    }),
  ]
}

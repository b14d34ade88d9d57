import type { UnlockReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { formatUnlockEnding } from '../text/format-unlock-text.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'

/** What `unlock` cleared as log lines. */
export function unlockLog(report: UnlockReport): LogEntry[] {
  const { errors, status, exitCode, lease, endedBackendPid, interruptedRuns } = report
  return [
    ...errorLog(errors),
    {
      level: status === 'ok' ? 'info' : 'error',
      message: formatUnlockEnding(report, paint(false)),
      command: 'unlock',
      status,
      exitCode,
      lease,
      endedBackendPid,
      interruptedRuns,
    },
  ]
}

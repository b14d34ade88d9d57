import type { UnlockReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { formatUnlockEnding } from '../text/format-unlock-text.js'
import { endingLog } from './ending-log.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'

/** What `unlock` cleared as log lines. */
export function unlockLog(report: UnlockReport): LogEntry[] {
  const { errors, lease, endedBackendPid, interruptedRuns } = report
  return [
    ...errorLog(errors),
    endingLog(report, formatUnlockEnding(report, paint(false)), {
      lease,
      endedBackendPid,
      interruptedRuns,
    }),
  ]
}

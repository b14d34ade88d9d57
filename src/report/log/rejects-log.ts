import type { RejectsReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { formatExported, formatRejectsEnding } from '../text/format-rejects-text.js'
import { atMost } from './at-most.js'
import { endingLog } from './ending-log.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'

/** The rejects of the ledger as log lines. */
export function rejectsLog(report: RejectsReport): LogEntry[] {
  const { rejects, errors } = report
  return [
    ...atMost(
      rejects.map(({ runId, pipeline, legacyKey, at, code, column, message }): LogEntry => ({
        level: 'warn',
        message: stripControls(`${pipeline}: ${message}`),
        pipeline,
        code,
        ...(column !== null && { column }),
        key: legacyKey,
        at,
        runId,
      })),
      'reject',
    ),
    ...formatExported(report).map((message): LogEntry => ({ level: 'info', message })),
    ...errorLog(errors),
    endingLog(report, formatRejectsEnding(report, paint(false)), {
      rejects: rejects.length,
    }),
  ]
}

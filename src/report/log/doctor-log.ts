import type { DoctorReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { formatDoctorEnding } from '../text/format-doctor-text.js'
import { endingLog } from './ending-log.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'

const levels = { error: 'error', warning: 'warn', info: 'info' } as const

/** What an audit found as log lines. */
export function doctorLog(report: DoctorReport): LogEntry[] {
  const { errors, findings, totals, accepted } = report
  return [
    ...findings.map((finding): LogEntry => ({
      level: levels[finding.severity],
      message: `${finding.code} ${finding.object}: ${finding.message}`,
      ...(finding.hint === null ? {} : { hint: finding.hint }),
      ...(finding.file === null ? {} : { file: finding.file }),
      ...(finding.sql.length === 0 ? {} : { sql: finding.sql }),
    })),
    ...errorLog(errors),
    endingLog(report, formatDoctorEnding(report, paint(false)), { ...totals, accepted }),
  ]
}

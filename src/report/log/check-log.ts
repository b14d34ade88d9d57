import type { CheckReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { formatCheckEnding } from '../text/format-check-text.js'
import { atMost } from './at-most.js'
import { enumLog } from './enum-log.js'
import { endingLog } from './ending-log.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'
import { rejectGroupsLog } from './reject-groups-log.js'

/** What `check` found as log lines: enums, rejects, problems, errors, then the summary. */
export function checkLog(report: CheckReport): LogEntry[] {
  const { problems, errors, pipelines } = report
  return [
    ...atMost(pipelines.flatMap(enumLog), 'enum'),
    ...atMost(pipelines.flatMap(rejectGroupsLog), 'kind of reject', 'kinds of reject'),
    ...problems.map(({ severity, message, ...facts }): LogEntry => ({
      level: severity === 'error' ? 'error' : 'warn',
      message: stripControls(message),
      ...facts,
    })),
    ...errorLog(errors),
    endingLog(report, formatCheckEnding(report, paint(false)), {
      pipelines: pipelines.length,
      records: pipelines.reduce((sum, { records }) => sum + records, 0),
      rejected: pipelines.reduce((sum, { rejected }) => sum + rejected, 0),
      problems: problems.length,
    }),
  ]
}

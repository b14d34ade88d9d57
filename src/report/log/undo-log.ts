import type { UndoReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { formatUndoEnding } from '../text/format-undo-text.js'
import { describeLeft } from '../words/describe-left.js'
import { atMost } from './at-most.js'
import { endingLog } from './ending-log.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'

/** What an undo did as log lines: what it left alone, then the summary. */
export function undoLog(report: UndoReport): LogEntry[] {
  const { left, errors, runId, undoes, dryRun, rows } = report
  const leftLines = left.map(({ table, rowKey, columns, reason }): LogEntry => ({
    level: 'warn',
    message: stripControls(`left alone: ${table} ${rowKey}: ${describeLeft(reason)}`),
    table,
    rowKey,
    columns,
    reason,
  }))
  return [
    ...atMost(leftLines, 'row that was left alone', 'rows that were left alone'),
    ...errorLog(errors),
    endingLog(report, formatUndoEnding(report, paint(false)), {
      runId,
      undoes,
      dryRun,
      ...rows,
      left: left.length,
    }),
  ]
}

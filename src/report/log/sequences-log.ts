import type { SequencesReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { formatSequencesEnding } from '../text/format-sequences-text.js'
import { describeMove, sequenceStates } from '../words/describe-move.js'
import { endingLog } from './ending-log.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'

/** What `sequences` found and advanced as log lines. */
export function sequencesLog(report: SequencesReport): LogEntry[] {
  const { errors, sequences, moved } = report
  const wrong = sequences.filter(({ state }) => state !== 'ok')
  return [
    ...moved.map((move): LogEntry => ({ level: 'info', message: describeMove(move), ...move })),
    ...wrong.map((sequence): LogEntry => ({
      level: 'warn',
      message: `${sequence.table}.${sequence.column}: ${sequenceStates[sequence.state]}`,
      ...sequence,
    })),
    ...errorLog(errors),
    endingLog(report, formatSequencesEnding(report, paint(false)), {
      sequences: sequences.length,
      moved: moved.length,
    }),
  ]
}

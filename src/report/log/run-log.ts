import type { PipelineReport, RunReport } from '../../run/run-report.js'
import { stripControls } from '../strip-controls.js'
import { describeEnding } from '../words/describe-ending.js'
import { describeSequence } from '../words/describe-sequence.js'
import { describeVerification } from '../words/describe-verification.js'
import { describeWarning } from '../words/describe-warning.js'
import { allRowsWritten } from '../words/rows-written.js'
import { atMost } from './at-most.js'
import { enumLog } from './enum-log.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'
import { profileLog } from './profile-log.js'
import { rejectGroupsLog } from './reject-groups-log.js'

/** A report as log lines: the enums of a plan, warnings, rejects, errors, then the summary. */
export function runLog(report: RunReport): LogEntry[] {
  const { command, pipelines, sequences, errors } = report
  return [
    ...(command === 'plan' ? atMost(pipelines.flatMap(enumLog), 'enum') : []),
    ...atMost(pipelines.flatMap(warnings), 'warning'),
    ...atMost(pipelines.flatMap(rejectGroupsLog), 'kind of reject', 'kinds of reject'),
    ...atMost(
      sequences.map((one): LogEntry => ({ level: 'info', message: `sequence ${describeSequence(one)}` })),
      'sequence',
    ),
    ...verification(pipelines),
    ...profileLog(report),
    ...errorLog(errors),
    summary(report),
  ]
}

/** The last line, with the counts as fields. */
function summary(report: RunReport): LogEntry {
  const { command, runId, status, exitCode, durationMs, totals } = report
  const { sentence, tone } = describeEnding(report)
  return {
    level: ({ good: 'info', attention: 'info', bad: 'error' } as const)[tone],
    message: sentence,
    command,
    runId,
    status,
    exitCode,
    durationMs,
    records: report.pipelines.reduce((sum, pipeline) => sum + pipeline.source.records, 0),
    ...totals,
    rowsWritten: allRowsWritten(report),
  }
}

function verification(pipelines: RunReport['pipelines']): LogEntry[] {
  const { holds, failed } = describeVerification(pipelines)
  const broken = failed.map(({ pipeline, sentence }): LogEntry => {
    return { level: 'error', message: `${stripControls(pipeline)}: ${sentence}`, pipeline }
  })
  return [...(holds === '' ? [] : [{ level: 'info' as const, message: `verified: ${holds}` }]), ...broken]
}

function warnings({ name, warnings: all }: PipelineReport): LogEntry[] {
  return all.map((warning) => {
    const { sentence, values, harmless } = describeWarning(warning)
    const where = stripControls(warning.column === undefined ? name : `${name}.${warning.column}`)
    const { code, count, column } = warning
    return {
      level: harmless ? 'info' : 'warn',
      message: `${where}: ${sentence}${values.length === 0 ? '' : ` (${values.join(', ')})`}`,
      pipeline: name,
      code,
      count,
      ...(column !== undefined && { column }),
    }
  })
}

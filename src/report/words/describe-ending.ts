import type { RunReport } from '../../run/run-report.js'
import { amount } from './amount.js'
import { duration } from './duration.js'
import { outcomeWords } from './outcomes.js'
import { allRowsWritten } from './rows-written.js'

/** The last line of a report: how it ended, in words. */
export interface Ending {
  sentence: string
  tone: 'good' | 'attention' | 'bad'
}

/** What to do about a run that has more rejects than allowed. */
export const admitRejects =
  'Mend the rejected records and run again, or admit some with `limits: { rejects: … }`.'

/** `done in 1.2 s: 312 records, 298 unchanged, 14 rejected (admitted)` */
export function describeEnding(report: RunReport): Ending {
  const { sentence, tone } = howItEnded(report)
  const took = duration(report.durationMs)
  const account = accountOf(report)
  return { sentence: `${sentence.replace('%', took)}${account === '' ? '' : `: ${account}`}`, tone }
}

function howItEnded(report: RunReport): Ending {
  const { command, status, exitCode } = report
  if (report.errors.some((error) => error.code === 'run.timeout')) {
    return { sentence: `out of time (exit code ${exitCode}), after %`, tone: 'bad' }
  }
  if (exitCode === 130 || exitCode === 143) {
    return { sentence: `stopped by a signal (exit code ${exitCode}), after %`, tone: 'bad' }
  }
  switch (status) {
    case 'ok': {
      const tone = report.totals.rejected > 0 ? 'attention' : 'good'
      return { sentence: { run: 'done in %', plan: 'planned in %', verify: 'verified in %' }[command], tone }
    }
    case 'rejects':
      return { sentence: `more rejects than allowed (exit code ${exitCode}), after %`, tone: 'bad' }
    case 'locked':
      if (report.errors.some((error) => error.code === 'run.lock_lost'))
        return { sentence: `lost its lock (exit code ${exitCode}), after %`, tone: 'bad' }
      return { sentence: `another run is at work (exit code ${exitCode}), left after %`, tone: 'bad' }
    case 'stale':
      return { sentence: `refused as out of date (exit code ${exitCode}), after %`, tone: 'bad' }
    case 'failed': {
      const unverified = report.pipelines.some((pipeline) => !pipeline.verification.ok)
      const what = unverified && report.errors.length === 0 ? 'verification failed' : 'failed'
      return { sentence: `${what} (exit code ${exitCode}), after %`, tone: 'bad' }
    }
  }
}

function accountOf(report: RunReport): string {
  const records = report.pipelines.reduce((sum, pipeline) => sum + pipeline.source.records, 0)
  if (records === 0 && report.totals.removed === 0) return report.status === 'ok' ? 'no records' : ''
  const rejected = report.status === 'ok' ? ' (admitted)' : ''
  const words = [amount(records, 'record'), outcomeWords(report.totals, report.command === 'plan', rejected)]
  if (allRowsWritten(report) === 0)
    words.push({ run: 'nothing written', plan: 'nothing to write', verify: '' }[report.command])
  return words.filter((word) => word !== '').join(', ')
}

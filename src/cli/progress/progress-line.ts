import { stripControls } from '../../report/strip-controls.js'
import { amount, count } from '../../report/words/amount.js'
import { duration } from '../../report/words/duration.js'
import type { Progress } from '../../run/options.js'

/** How far a run is, on one line: `users 2/5  120,000 records  45,000/s  62 %  12 s left  3 rejected`. */
export function progressLine(progress: Progress): string {
  const { records, recordsPerSecond, fraction, remainingMs, rejected } = progress
  return [
    `${stripControls(progress.pipeline)} ${progress.index}/${progress.count}`,
    amount(records, 'record'),
    recordsPerSecond > 0 ? `${count(recordsPerSecond)}/s` : '',
    fraction === undefined ? '' : `${Math.floor(fraction * 100)} %`,
    remainingMs === undefined || remainingMs < 1000 ? '' : `${duration(remainingMs)} left`,
    rejected > 0 ? `${count(rejected)} rejected` : '',
  ]
    .filter((word) => word !== '')
    .join('  ')
}

/** A pipeline that has come to its end: `users 2/5  312 records  45,000/s  3 rejected`. */
export function pipelineEndLine(progress: Progress): string {
  return progressLine({ ...progress, fraction: undefined, remainingMs: undefined })
}

import { expect, it } from 'vitest'
import { describeEnding } from '../../../src/report/words/describe-ending.js'
import { failedRun, firstRun, pipelineReport, runReport, secondRun, somePlan } from '../sample-reports.js'

const unverified = runReport({
  status: 'failed',
  exitCode: 4,
  pipelines: [pipelineReport('users', { verification: { ok: false, checks: [] } })],
})
const signal = [{ code: 'run.aborted', message: 'The run was interrupted.' }]
const timeout = [{ code: 'run.timeout', message: 'The run took longer than 5 ms.' }]

it.each([
  ['good', 'done in 410 ms: 312 records, all unchanged, nothing written', secondRun],
  ['attention', 'done in 1.2 s: 312 records, 297 inserted, 1 updated, 14 rejected (admitted)', firstRun],
  ['good', 'planned in 90 ms: 300 records, 10 to insert, 2 to update, 288 unchanged', somePlan],
  [
    'good',
    'planned in 410 ms: 312 records, all unchanged, nothing to write',
    { ...secondRun, command: 'plan' as const },
  ],
  ['good', 'verified in 410 ms: 312 records, all unchanged', { ...secondRun, command: 'verify' as const }],
  ['good', 'done in 1.2 s: no records', runReport()],
  ['bad', 'failed (exit code 1), after 80 ms', failedRun],
  [
    'bad',
    'more rejects than allowed (exit code 4), after 1.2 s: 312 records, 297 inserted, 1 updated, 14 rejected',
    { ...firstRun, status: 'rejects' as const, exitCode: 4 },
  ],
  [
    'bad',
    'verification failed (exit code 4), after 1.2 s: 300 records, all unchanged, nothing written',
    unverified,
  ],
  [
    'bad',
    'another run is at work (exit code 3), left after 80 ms',
    { ...failedRun, status: 'locked' as const, exitCode: 3 },
  ],
  [
    'bad',
    'refused as out of date (exit code 5), after 80 ms',
    { ...failedRun, status: 'stale' as const, exitCode: 5 },
  ],
  [
    'bad',
    'stopped by a signal (exit code 143), after 80 ms',
    { ...failedRun, exitCode: 143, errors: signal },
  ],
  ['bad', 'out of time (exit code 1), after 80 ms', { ...failedRun, errors: timeout }],
])('the last line, %s: %s', (tone, sentence, report) => {
  expect(describeEnding(report)).toEqual({ tone, sentence })
})

import { expect, it } from 'vitest'
import { enumLog } from '../../../src/report/log/enum-log.js'
import { runLog } from '../../../src/report/log/run-log.js'
import { checkReport, somePlan } from '../sample-reports.js'

it('an enum with unknown values is a warning that names them first', () => {
  expect(checkReport.pipelines.flatMap(enumLog)).toEqual([
    {
      level: 'warn',
      message:
        "users.status: 2 unknown values reject 14 records, limbo × 13 → rejected (unknown), nil × 1 → rejected (unknown), active × 240 → active (exact), on × 30 → active (alias), null × 7 → null (missing), '' × 3 → null (missing), and 2 more distinct values (4 records)",
      pipeline: 'users',
      column: 'status',
      enum: 'user_status',
    },
  ])
})

it('the enums are in the log of a plan, not in that of a run', () => {
  const enums = (command: 'plan' | 'run') =>
    runLog({ ...somePlan, command }).filter((entry) => 'enum' in entry)
  expect(enums('plan').map(({ level, column }) => [level, column])).toEqual([
    ['warn', 'status'],
    ['info', 'email_state'],
  ])
  expect(enums('run')).toEqual([])
})

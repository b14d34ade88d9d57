import { expect, it } from 'vitest'
import { redactReport } from '../../src/report/redact-report.js'
import { checkReport, failedRun } from './sample-reports.js'

const secret = 'postgres://ada:s3cret@db/shop'

it('no message, hint or database name of a report carries the secret of a url', () => {
  const errors = [{ code: 'database.connection', message: `cannot reach ${secret}`, hint: `try ${secret}` }]
  const target = { dialect: 'postgres' as const, version: '', database: secret }
  const problems = [{ severity: 'error' as const, code: 'x', message: secret, hint: secret }]
  expect(JSON.stringify(redactReport({ ...failedRun, target, errors }))).not.toContain('s3cret')
  expect(JSON.stringify(redactReport({ ...checkReport, errors, problems }))).not.toContain('s3cret')
})

it('a report without secrets stays as it is', () => {
  expect(redactReport(failedRun)).toEqual(failedRun)
  expect(redactReport(checkReport)).toEqual(checkReport)
})

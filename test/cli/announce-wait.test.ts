import { expect, it } from 'vitest'
import type { RunOptions } from '../../src/index.js'
import { firstRun, someLease } from '../report/sample-reports.js'
import { cli } from './run-in-process.js'

const library = {
  run: async ({ onWait }: RunOptions = {}) => {
    onWait?.({ lease: { ...someLease, token: 't' }, waitMs: 600_000 })
    return firstRun
  },
}
const message =
  'waiting up to 10 min for another run to end: run 13 by deploy on web-2 (process 71), ' +
  'since 2026-11-03 11:00:00 UTC, last sign of life 2026-11-03 11:00:40 UTC, deployment d-2'

it('whoever waits for another run says so on stderr, and for whom', async () => {
  for (const line of ['run', 'run --json']) expect((await cli(line, { library })).stderr).toBe(`${message}\n`)
})

it('on a deploy platform that is a line among the others', async () => {
  const { stdout, stderr } = await cli('run', { library, env: { RAILWAY_ENVIRONMENT_ID: 'e' } })
  expect(JSON.parse(stdout.split('\n')[0] ?? '')).toEqual({ level: 'info', message })
  expect(stderr).toBe('')
})

it('--quiet says nothing of it', async () => {
  expect((await cli('run --quiet', { library })).stderr).toBe('')
})

import { describe, expect, it } from 'vitest'
import { cli } from '../run-in-process.js'

describe('every option has an environment variable', () => {
  it.each([
    ['run', { CARRYOVER_BATCH: '50' }, { batch: 50 }],
    ['run', { CARRYOVER_WAIT: '5m' }, { waitMs: 300_000 }],
    ['run', { CARRYOVER_WAIT: 'true' }, { waitMs: 3_600_000 }],
    [
      'run',
      { CARRYOVER_LOCK_TIMEOUT: '2', CARRYOVER_TIMEOUT: '1h' },
      { lockTimeoutMs: 2000, timeoutMs: 3_600_000 },
    ],
    [
      'run',
      { CARRYOVER_CONFIG: 'a.ts', CARRYOVER_PIPELINES: 'p/{a,b}.ts' },
      { config: 'a.ts', pipelines: ['p/{a,b}.ts'] },
    ],
    ['run', { CARRYOVER_SHOW_VALUES: 'yes' }, { showValues: true }],
    [
      'run',
      { CARRYOVER_PLAN: 'plan.json', CARRYOVER_ALLOW_OLDER: '1' },
      { plan: 'plan.json', allowOlder: true },
    ],
    ['run', { CARRYOVER_PROFILE: '1' }, { profile: true }],
    ['plan', { CARRYOVER_OUT: 'plan.json' }, { out: 'plan.json' }],
    ['plan', { CARRYOVER_CHANGES: '3', CARRYOVER_REHEARSE: '1' }, { changes: 3, rehearse: true }],
    ['inspect a.json', { CARRYOVER_SCAFFOLD: 'yes' }, { scaffold: 'pipelines' }],
    ['inspect a.json', { CARRYOVER_SCAFFOLD: 'imports' }, { scaffold: 'imports' }],
    ['rejects', { CARRYOVER_RUN: '7' }, { runId: 7 }],
  ])('%s with %j', async (command, env, options) => {
    expect((await cli(command, { env })).calls[0]?.options).toMatchObject(options)
  })
})

it('the command line comes before the environment', async () => {
  const { calls } = await cli('run --batch 7', { env: { CARRYOVER_BATCH: '50' } })
  expect(calls[0]?.options).toMatchObject({ batch: 7 })
})

it('an empty variable and a switch that is off say nothing', async () => {
  const { calls } = await cli('run', {
    env: { CARRYOVER_BATCH: '', CARRYOVER_SHOW_VALUES: '0', CARRYOVER_WAIT: 'false' },
  })
  expect(Object.keys(calls[0]?.options ?? {}).toSorted()).toEqual([
    'cwd',
    'env',
    'onProgress',
    'onWait',
    'signal',
    'stdin',
    'stdout',
  ])
})

it('the form of the output can come from the environment', async () => {
  expect(JSON.parse((await cli('run', { env: { CARRYOVER_JSON: '1' } })).stdout)).toMatchObject({ runId: 12 })
  const { stdout } = await cli('run', { env: { CARRYOVER_LOG_FORMAT: 'json' } })
  expect(stdout.split('\n')[0]).toMatch(/^\{"level":"info"/)
})

it('colours can be turned off by the environment', async () => {
  const env = { FORCE_COLOR: '1', CARRYOVER_NO_COLOR: '1' }
  expect((await cli('run', { env })).stdout).not.toContain('\u001b')
})

it.each([
  [{ CARRYOVER_BATCH: 'x' }, 'CARRYOVER_BATCH is invalid. A whole number is expected, 1 or more.'],
  [{ CARRYOVER_QUIET: 'maybe' }, 'CARRYOVER_QUIET is invalid. 1 or 0 is expected.'],
  [
    { CARRYOVER_LOG_FORMAT: 'xml' },
    'CARRYOVER_LOG_FORMAT is invalid. Allowed choices are pretty, json, auto.',
  ],
])('a wrong variable is a usage error: %j', async (env, message) => {
  const { exitCode, stderr, calls } = await cli('run', { env })
  expect(exitCode).toBe(64)
  expect(stderr).toContain(message)
  expect(calls).toEqual([])
})

it('the library resolves the database url from the environment it is given', async () => {
  const env = { CARRYOVER_DATABASE_URL: 'sqlite::memory:' }
  expect((await cli('run', { env })).calls[0]?.options).toMatchObject({ env })
  expect((await cli('run', { env })).calls[0]?.options).not.toHaveProperty('database')
})

import { describe, expect, it } from 'vitest'
import type { Progress } from '../../src/run/options.js'
import { failedRun, firstRun } from '../report/sample-reports.js'
import { cli } from './run-in-process.js'

const platform = { RAILWAY_ENVIRONMENT_ID: 'production' }
const progress: Progress = {
  pipeline: 'users',
  index: 1,
  count: 2,
  records: 1200,
  fraction: 0.5,
  recordsPerSecond: 600,
  remainingMs: 2000,
  rejected: 0,
}
const library = {
  run: async (options: { onProgress?: (progress: Progress) => void } = {}) => {
    options.onProgress?.(progress)
    return firstRun
  },
}

it('the result is on stdout, progress on stderr', async () => {
  const { stdout, stderr } = await cli('run', { library })
  expect(stdout).toMatch(/^run 12 on postgres 16.4[^]*done in 1.2 s/)
  expect(stderr).toBe('users 1/2  1,200 records  600/s\n')
})

it('off a terminal there is neither colour nor animation', async () => {
  const { stdout, stderr } = await cli('run', { library })
  expect(stdout + stderr).not.toContain('\u001b')
})

it('on a terminal the progress is gone when the report comes', async () => {
  const { stdout, stderr } = await cli('run', { library, stdoutTty: true, stderrTty: true })
  expect(stdout).toContain('\u001b[1mrun 12')
  expect(stderr).toBe('\r\u001b[2Kusers 1/2  1,200 records  600/s  50 %  2.0 s left\r\u001b[2K')
})

it('--json prints one object and nothing else', async () => {
  for (const line of [
    'run --json',
    'check --json',
    'status --json',
    'rejects --json',
    'migrate --sql --json',
  ]) {
    const { stdout } = await cli(line, { stdoutTty: true })
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, exitCode: expect.any(Number) })
  }
})

describe('on a deploy platform', () => {
  it('every line on stdout is an object with level and message, and stderr stays empty', async () => {
    for (const line of ['run', 'plan', 'verify', 'check', 'status', 'rejects', 'migrate']) {
      const { stdout, stderr } = await cli(line, { library, env: platform })
      expect(stderr).toBe('')
      const entries = stdout
        .trimEnd()
        .split('\n')
        .map((text) => JSON.parse(text) as Record<string, unknown>)
      for (const entry of entries) {
        expect(entry).toMatchObject({
          level: expect.stringMatching(/^(info|warn|error)$/),
          message: expect.any(String),
        })
      }
    }
  })

  it('progress is a line with its counts as fields', async () => {
    const { stdout } = await cli('run', { library, env: platform })
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toEqual({
      level: 'info',
      message: 'users 1/2  1,200 records  600/s',
      pipeline: 'users',
      records: 1200,
      recordsPerSecond: 600,
      rejected: 0,
    })
  })

  it('a terminal there still gets text, and --log-format pretty as well', async () => {
    expect((await cli('run', { env: platform, stdoutTty: true })).stdout).toMatch(/^.{0,4}run 12/)
    expect((await cli('run --log-format pretty', { env: platform })).stdout).toMatch(/^run 12/)
  })

  it('--json is one object still, without progress on stderr', async () => {
    const { stdout, stderr } = await cli('run --json', { library, env: platform })
    expect(JSON.parse(stdout)).toMatchObject({ runId: 12 })
    expect(stderr).toBe('')
  })
})

it('--quiet leaves the last line and the errors', async () => {
  const quiet = await cli('run --quiet', { library })
  expect(quiet).toMatchObject({
    stdout: 'done in 1.2 s: 312 records, 297 inserted, 1 updated, 14 rejected (admitted)\n',
    stderr: '',
  })
  const failed = await cli('run --quiet', { library: { run: async () => failedRun } })
  expect(failed.stdout).toMatch(/^error source.truncated\n[^]*\nfailed \(exit code 1\), after 80 ms\n$/)
  const lines = await cli('run --quiet --log-format json', { library })
  expect(lines.stdout.trimEnd().split('\n')).toHaveLength(1)
})

it('who sends the report into a file still sees on the terminal why it failed', async () => {
  const { stdout, stderr } = await cli('run', {
    library: { run: async () => failedRun },
    stderrTty: true,
    env: { NO_COLOR: '1' },
  })
  expect(stdout).toContain('source.truncated')
  expect(stderr).toMatch(/^error source.truncated\n/)
})

describe('colours follow the flag, FORCE_COLOR, NO_COLOR and the terminal, in this order', () => {
  it.each([
    ['run', {}, true, true],
    ['run', {}, false, false],
    ['run', { NO_COLOR: '1' }, true, false],
    ['run', { NO_COLOR: '' }, true, true],
    ['run', { TERM: 'dumb' }, true, false],
    ['run', { FORCE_COLOR: '1' }, false, true],
    ['run', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
    ['run', { FORCE_COLOR: '0' }, true, false],
    ['run --no-color', { FORCE_COLOR: '1' }, true, false],
  ])('%s with %j, terminal %s: %s', async (line, env, stdoutTty, coloured) => {
    const { stdout } = await cli(line, { env, stdoutTty })
    expect(stdout.includes('\u001b[')).toBe(coloured)
  })
})

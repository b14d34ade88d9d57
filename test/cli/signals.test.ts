import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { RunReport } from '../../src/run/run-report.js'
import { failedRun, firstRun } from '../report/sample-reports.js'
import { cli } from './run-in-process.js'

const aborted: RunReport = {
  ...failedRun,
  exitCode: 130,
  errors: [{ code: 'run.aborted', message: 'The run was interrupted.' }],
}

/** A run that hears these signals one after the other, and ends when it is aborted. */
function interruptedBy(signals: EventEmitter, ...names: string[]) {
  return {
    run: async ({ signal }: { signal?: AbortSignal } = {}) => {
      for (const name of names) signals.emit(name)
      return signal?.aborted === true ? aborted : firstRun
    },
  }
}

describe('the first signal asks the work to stop', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s: exit code %d, also in the report', async (name, code) => {
    const signals = new EventEmitter()
    const ended = await cli('run --json', { signals, library: interruptedBy(signals, name) })
    expect(ended).toMatchObject({ exitCode: code, exits: [] })
    expect(ended.stderr).toContain('a second signal stops at once')
    expect(JSON.parse(ended.stdout)).toMatchObject({ exitCode: code })
  })
})

it('the second signal ends the process at once', async () => {
  const signals = new EventEmitter()
  const { exits } = await cli('run', { signals, library: interruptedBy(signals, 'SIGINT', 'SIGTERM') })
  expect(exits).toEqual([143])
})

it('a run that was done all the same is done', async () => {
  const signals = new EventEmitter()
  const run = async () => {
    signals.emit('SIGINT')
    return firstRun
  }
  expect((await cli('run', { signals, library: { run } })).exitCode).toBe(0)
})

it('running out of time is an error, not a signal', async () => {
  const late = { ...aborted, errors: [{ code: 'run.timeout', message: 'The run took longer than 5 ms.' }] }
  expect((await cli('run --timeout 5ms', { library: { run: async () => late } })).exitCode).toBe(1)
})

it('no listener is left behind', async () => {
  const signals = new EventEmitter()
  await cli('run', { signals })
  expect(signals.listenerCount('SIGINT') + signals.listenerCount('SIGTERM')).toBe(0)
})

import { expect, it } from 'vitest'
import type { UnlockOptions } from '../../src/index.js'
import { someLease, unlockReport } from '../report/sample-reports.js'
import { cli, type Differences } from './run-in-process.js'

const state = { held: true, backendPid: 4711, lease: { ...someLease, token: 't' } }

/** What an unlock that asks is answered; undefined when it may not ask. */
async function answered(line: string, differences: Differences = {}) {
  let answer: boolean | undefined
  const ended = await cli(line, {
    ...differences,
    library: {
      unlock: async (options?: UnlockOptions) => {
        answer = await options?.confirm?.(state)
        return unlockReport
      },
    },
  })
  return { ...ended, answer }
}

it.each([
  ['y\n', true],
  ['Yes\n', true],
  ['n\n', false],
  ['\n', false],
  ['', false],
  ['yesterday\n', false],
])('on a terminal unlock asks, and %j means %s', async (typed, answer) => {
  const asked = await answered('unlock', { typed, stderrTty: true })
  expect(asked.answer).toBe(answer)
  expect(asked.stderr).toBe(
    'Process 4711 of the database server holds the lock for web-2. If that run is alive it loses its work in hand. End it? [y/N] ',
  )
})

it('--yes is an answer, and nobody is asked', async () => {
  expect(await answered('unlock --yes')).toMatchObject({ answer: true, stderr: '' })
  expect(await answered('unlock', { env: { CARRYOVER_YES: '1' } })).toMatchObject({
    answer: true,
    stderr: '',
  })
})

it.each([
  ['unlock', {}],
  ['unlock', { typed: 'y\n' }],
  ['unlock --no-input', { typed: 'y\n', stderrTty: true }],
] as const)('%s asks nobody where nobody sits or may be asked: %o', async (line, differences) => {
  expect(await answered(line, differences)).toMatchObject({ answer: undefined, stderr: '' })
})

it('unlock takes no names of pipelines', async () => {
  const { exitCode, calls } = await cli('unlock users')
  expect(exitCode).toBe(64)
  expect(calls).toEqual([])
})

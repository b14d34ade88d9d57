import { expect, it } from 'vitest'
import type { UndoOptions } from '../../src/index.js'
import { undoReport } from '../report/sample-reports.js'
import { cli, type Differences } from './run-in-process.js'

/** What an undo that asks is answered. */
async function answered(line: string, differences: Differences = {}) {
  let answer: boolean | undefined
  const ended = await cli(line, {
    ...differences,
    library: {
      undo: async (options: UndoOptions) => {
        answer = await options.confirm?.()
        return undoReport
      },
    },
  })
  return { ...ended, answer }
}

it.each([
  ['undo 12', 'Undo run 12?', 'y\n', true],
  ['undo 12 --with-later', 'Undo run 12 and the later runs that built on it?', 'n\n', false],
] as const)('on a terminal %s asks: %s', async (line, question, typed, answer) => {
  const asked = await answered(line, { typed, stderrTty: true })
  expect(asked.answer).toBe(answer)
  expect(asked.stderr).toBe(`${question} [y/N] `)
})

it('--yes is an answer, and nobody is asked; where nobody sits or may be asked it is no', async () => {
  expect(await answered('undo 12 --yes')).toMatchObject({ answer: true, stderr: '' })
  expect(await answered('undo 12')).toMatchObject({ answer: false, stderr: '' })
  expect(await answered('undo 12 --no-input', { typed: 'y\n', stderrTty: true })).toMatchObject({
    answer: false,
    stderr: '',
  })
})

it.each(['undo', 'undo 1 2', 'runs 1 2'])('%s is told how to be called', async (line) => {
  const { exitCode, calls } = await cli(line)
  expect({ exitCode, calls }).toEqual({ exitCode: 64, calls: [] })
})

import { expect, it } from 'vitest'
import { textWidth } from '../../src/cli/text-width.js'
import { failedRun } from '../report/sample-reports.js'
import { cli, type Differences } from './run-in-process.js'

const write = () => undefined

it.each([
  [{ isTTY: true, columns: 80 }, 80],
  [{ isTTY: true, columns: 30 }, 60],
  [{ isTTY: true, columns: 240 }, 120],
  [{ isTTY: true, columns: 0 }, 100],
  [{ isTTY: true, columns: undefined }, 100],
  [{ isTTY: false, columns: 80 }, 100],
  [{}, 100],
])('of a stream %o a line may take %i cells', (stream, width) => {
  expect(textWidth({ write, ...stream })).toBe(width)
})

it('sentences are broken at the width of the terminal that they go to', async () => {
  const sentence = 'Something that it takes many words to tell of has come to an end '.repeat(4).trim()
  const report = { ...failedRun, errors: [{ code: 'run.failed', message: sentence, hint: sentence }] }
  const library = { run: async () => report }
  const longest = async (differences: Differences) => {
    const { stdout, stderr } = await cli('run --no-color', { library, ...differences })
    const told = (text: string) => text.split('\n').filter((line) => /^ {2}(→|\S)/.test(line))
    return [stdout, stderr].map((text) => Math.max(0, ...told(text).map((line) => line.length)))
  }
  expect(await longest({ stdoutTty: true, columns: 64 })).toEqual([expect.closeTo(60, -1), 0])
  expect(await longest({ stderrTty: true, columns: 64 })).toEqual([
    expect.closeTo(95, -1),
    expect.closeTo(60, -1),
  ])
})

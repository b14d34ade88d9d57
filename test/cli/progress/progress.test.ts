import { describe, expect, it } from 'vitest'
import { occasionalProgress } from '../../../src/cli/progress/occasional-progress.js'
import { progressLine } from '../../../src/cli/progress/progress-line.js'
import { terminalProgress } from '../../../src/cli/progress/terminal-progress.js'
import type { Progress } from '../../../src/run/options.js'
import { KeptOutput } from '../run-in-process.js'

function progress(pipeline: string, records: number): Progress {
  const position = {
    index: 2,
    count: 5,
    fraction: 0.625,
    recordsPerSecond: 45_000,
    remainingMs: 12_300,
    rejected: 3,
  }
  return { pipeline, records, ...position }
}

it('a progress line tells pipeline, position, records, rate, share, time left and rejects', () => {
  expect(progressLine(progress('users', 120_000))).toBe(
    'users 2/5  120,000 records  45,000/s  62 %  12 s left  3 rejected',
  )
})

it('what is not known is left out', () => {
  const unknown = {
    ...progress('users', 1),
    fraction: undefined,
    remainingMs: undefined,
    recordsPerSecond: 0,
    rejected: 0,
  }
  expect(progressLine(unknown)).toBe('users 2/5  1 record')
})

it('a pipeline’s name cannot move the cursor', () => {
  expect(progressLine(progress('\u001b[2Jusers', 1))).toMatch(/^\[2Jusers/)
})

describe('on a terminal', () => {
  it('the line is rewritten at most ten times a second, and erased at the end', () => {
    const terminal = new KeptOutput(true)
    let now = 0
    const view = terminalProgress(terminal, () => now)
    for (const time of [0, 50, 99, 100, 150]) {
      now = time
      view.update(progress('users', time))
    }
    view.end()
    const shown = terminal.text.split('\r\u001b[2K').map((line) => /(\d+) records/.exec(line)?.[1])
    expect(shown).toEqual([undefined, '0', '100', undefined])
  })

  it('the line never wraps', () => {
    const terminal = new KeptOutput(true)
    terminal.columns = 20
    terminalProgress(terminal, () => 0).update(progress('users', 1))
    expect(terminal.text.replace('\r\u001b[2K', '')).toHaveLength(19)
  })

  it('nothing is erased when nothing was shown', () => {
    const terminal = new KeptOutput(true)
    terminalProgress(terminal, () => 0).end()
    expect(terminal.text).toBe('')
  })
})

it('off a terminal there is a line every ten seconds and one at the end of each pipeline', () => {
  const lines: string[] = []
  let now = 0
  const view = occasionalProgress(
    (line) => lines.push(line),
    () => now,
  )
  for (const [time, pipeline, records] of [
    [1_000, 'users', 10],
    [9_999, 'users', 20],
    [10_000, 'users', 30],
    [15_000, 'users', 40],
    [16_000, 'tools', 5],
    [17_000, 'tools', 6],
  ] as const) {
    now = time
    view.update(progress(pipeline, records))
  }
  view.end()
  view.end()
  expect(lines).toEqual([
    'users 2/5  30 records  45,000/s  62 %  12 s left  3 rejected',
    'users 2/5  40 records  45,000/s  3 rejected',
    'tools 2/5  6 records  45,000/s  3 rejected',
  ])
})

import { expect, it, test } from 'vitest'
import { paint } from '../../../src/report/paint.js'
import { formatProfile } from '../../../src/report/text/format-profile.js'
import { pipelineReport, profiledRun, runReport } from '../sample-reports.js'

const plain = paint(false)

it('a run has a line for each stage, the longest first, those of little time together, and a line for each pipeline', () => {
  expect(formatProfile(profiledRun, plain, false).join('\n')).toMatchInlineSnapshot(`
    "where the time went: 8.6 s, 4.5 s of it waiting for the database; 5.8 s of CPU, 1,087 MB of memory at most
      stage               time  share  calls  waiting
      apply              4.2 s   49 %  1,006    3.9 s
      validate and map   1.8 s   21 %      ·        ·
      encode             1.4 s   16 %      ·        ·
      commit            450 ms    5 %      5   450 ms
      read              200 ms    2 %      ·        ·
      2 others           55 ms  0.6 %

      teams    149 ms  apply 77 %, decide 23 %
      members   8.0 s  apply 51 %, validate and map 23 %, encode 18 %, commit 6 %"
  `)
})

it('each stage has its line where every detail is asked for', () => {
  expect(formatProfile(profiledRun, plain, true).slice(2, 9).join('\n')).toMatchInlineSnapshot(`
    "  apply              4.2 s   49 %  1,006    3.9 s
      validate and map   1.8 s   21 %      ·        ·
      encode             1.4 s   16 %      ·        ·
      commit            450 ms    5 %      5   450 ms
      read              200 ms    2 %      ·        ·
      decide             54 ms  0.6 %      ·        ·
      look up             1 ms  0.1 %      1        ·"
  `)
})

test.each([
  [
    'one pipeline needs no line of its own',
    [pipelineReport('users', { profile: { stages: [], waitedMs: 0 } })],
  ],
  ['a pipeline without a profile has no line', [pipelineReport('users'), pipelineReport('orders')]],
])('%s', (_, pipelines) => {
  const lines = formatProfile({ ...profiledRun, pipelines }, plain, false)
  expect(lines.join('\n')).not.toContain('users')
  expect(lines).not.toContain('')
})

it('there is no column of what was waited where nothing was', () => {
  const profile = {
    stages: [{ stage: 'apply' as const, ms: 5, calls: 1 }],
    waitedMs: 0,
    cpuMs: 5,
    peakMemoryMb: 60,
  }
  expect(formatProfile(runReport({ durationMs: 10, profile }), plain, false)[1]).toBe(
    '  stage  time  share  calls',
  )
})

it('a run that took no time has no shares to tell', () => {
  const profile = { stages: [{ stage: 'load' as const, ms: 0 }], waitedMs: 0, cpuMs: 0, peakMemoryMb: 60 }
  expect(formatProfile(runReport({ durationMs: 0, profile }), plain, false)).toEqual([
    'where the time went: 0 ms, 0 ms of it waiting for the database; 0 ms of CPU, 60 MB of memory at most',
    '  stage  time  share  calls',
    '  load   0 ms    0 %      ·',
  ])
})

it('a name that would move the cursor is shown without', () => {
  const profile = { stages: [{ stage: 'apply' as const, ms: 5 }], waitedMs: 0 }
  const pipelines = ['a\u001b[2Jb', 'c'].map((name) => pipelineReport(name, { profile }))
  expect(formatProfile({ ...profiledRun, pipelines }, plain, false).join('')).not.toContain('\u001b')
})

it('nothing is said where nobody asked', () => {
  expect(formatProfile(runReport(), plain, true)).toEqual([])
})

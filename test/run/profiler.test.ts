import { expect, it, test } from 'vitest'
import type { ProcessClock } from '../../src/run/process-clock.js'
import { noProfiler, startProfiler, type Profiler, type StageTime } from '../../src/run/profiler.js'

/** A clock that goes on when it is told to: so long busy, or so long asleep. */
function handClock(): ProcessClock & { work(ms: number): void; sleep(ms: number): void } {
  let [now, idle, cpu] = [500, 20, 300]
  return {
    now: () => now,
    idle: () => idle,
    cpu: () => cpu,
    peakMemoryMb: () => 96,
    work: (ms) => {
      now += ms
      cpu += ms
    },
    sleep: (ms) => {
      now += ms
      idle += ms
    },
  }
}

const times = (stages: readonly StageTime[] = []) =>
  Object.fromEntries(stages.map(({ stage, ms }) => [stage, ms]))
const ofRun = (profiler: Profiler) => times(profiler.ofRun()?.stages)

it('a moment counts for the stage that was begun last, and for that one alone', () => {
  const clock = handClock()
  const profiler = startProfiler(clock)
  const endCommit = profiler.begin('commit')
  clock.work(2)
  const endApply = profiler.begin('apply')
  clock.sleep(30)
  const endMap = profiler.begin('validate and map')
  clock.work(50)
  endMap()
  clock.sleep(5)
  endApply()
  clock.sleep(1)
  endCommit()
  expect(ofRun(profiler)).toEqual({ 'validate and map': 50, apply: 35, commit: 3 })
})

it('stages that overlap add up to the time that went by, whichever ends first', () => {
  const clock = handClock()
  const profiler = startProfiler(clock)
  const endProbe = profiler.begin('match')
  clock.sleep(10)
  const endApply = profiler.begin('apply')
  clock.sleep(10)
  endProbe()
  clock.sleep(10)
  endApply()
  expect(ofRun(profiler)).toEqual({ apply: 20, match: 10 })
})

it('a stage that has ended does not end another one of its name', () => {
  const clock = handClock()
  const profiler = startProfiler(clock)
  const end = profiler.begin('lock')
  end()
  profiler.begin('lock')
  end()
  expect(profiler.stage()).toBe('lock')
})

it('what is in no stage is the start until there was a pipeline, and the finish then', () => {
  const clock = handClock()
  const profiler = startProfiler(clock)
  clock.work(7)
  expect(profiler.stage()).toBe('start')
  const end = profiler.begin('decide', { pipeline: 'users' })
  clock.work(2)
  end()
  expect(profiler.stage()).toBe('finish')
  clock.work(4)
  expect(ofRun(profiler)).toEqual({ start: 7, finish: 4, decide: 2 })
})

it('what is begun while a pipeline is at work counts for the pipeline and for the run', () => {
  const clock = handClock()
  const profiler = startProfiler(clock)
  for (const [pipeline, ms] of [
    ['users', 10],
    ['orders', 20],
    ['users', 5],
  ] as const) {
    const endPipeline = profiler.begin('decide', { pipeline })
    const endApply = profiler.begin('apply')
    clock.sleep(ms)
    endApply()
    endPipeline()
  }
  expect(times(profiler.ofPipeline('users')?.stages)).toEqual({ apply: 15, decide: 0 })
  expect(times(profiler.ofPipeline('orders')?.stages)).toEqual({ apply: 20, decide: 0 })
  expect(ofRun(profiler)).toMatchObject({ apply: 35, decide: 0 })
  expect(profiler.ofPipeline('others')).toBeUndefined()
})

it('calls are counted where a stage is one', () => {
  const profiler = startProfiler(handClock())
  for (const stage of ['apply', 'apply', 'encode'] as const)
    profiler.begin(stage, { isCall: stage === 'apply' })()
  expect(profiler.ofRun()?.stages).toEqual([
    { stage: 'apply', ms: 0, calls: 2 },
    { stage: 'encode', ms: 0 },
  ])
})

test.each([
  ['apply', 8],
  ['commit', 8],
  ['lock', 8],
  ['read', 0],
  ['check source', 0],
  ['load', 0],
] as const)('of 8 ms asleep in %s, %i were waited for the database', (stage, waitedMs) => {
  const clock = handClock()
  const profiler = startProfiler(clock)
  const endPipeline = profiler.begin('decide', { pipeline: 'users' })
  const end = profiler.begin(stage)
  clock.work(3)
  clock.sleep(8)
  end()
  endPipeline()
  expect(profiler.ofRun()).toMatchObject({ waitedMs, cpuMs: 3, peakMemoryMb: 96 })
  expect(profiler.ofPipeline('users')).toMatchObject({ waitedMs })
  const told = waitedMs === 0 ? {} : { waitedMs }
  expect(profiler.ofRun()?.stages[0]).toEqual({ stage, ms: 11, ...told })
})

it('fractions of milliseconds never add up to more than the whole', () => {
  const clock = handClock()
  const profiler = startProfiler(clock)
  for (const stage of ['read', 'encode', 'apply'] as const) {
    const end = profiler.begin(stage)
    clock.work(1.6)
    end()
  }
  expect(ofRun(profiler)).toEqual({ read: 1, encode: 1, apply: 1 })
})

it('the longest stage comes first', () => {
  const clock = handClock()
  const profiler = startProfiler(clock)
  for (const [stage, ms] of [
    ['read', 1],
    ['apply', 9],
    ['encode', 4],
  ] as const) {
    const end = profiler.begin(stage)
    clock.work(ms)
    end()
  }
  expect(profiler.ofRun()?.stages.map(({ stage }) => stage)).toEqual(['apply', 'encode', 'read'])
})

it('nobody who has not asked is told anything', () => {
  noProfiler.begin('apply', { pipeline: 'users', isCall: true })()
  expect([noProfiler.ofRun(), noProfiler.ofPipeline('users')]).toEqual([undefined, undefined])
})

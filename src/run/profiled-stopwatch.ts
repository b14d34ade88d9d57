import type { Profiler } from './profiler.js'
import { startStopwatch, type Stopwatch } from './stopwatch.js'

/** A stopwatch that runs; while it does, what has no stage of its own is a decision of the pipeline's. */
export function profiledStopwatch(profiler: Profiler, pipeline: string): Stopwatch {
  const clock = startStopwatch()
  const begin = () => profiler.begin('decide', { pipeline })
  let end: (() => void) | undefined = begin()
  return {
    hold: () => {
      end?.()
      end = undefined
      clock.hold()
    },
    goOn: () => {
      clock.goOn()
      end ??= begin()
    },
    elapsedMs: clock.elapsedMs,
  }
}

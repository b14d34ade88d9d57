import type { Profiler } from './profiler.js'
import type { Stage } from './stage.js'

/** What `work` answers, and awaits nothing for; its time is that of a stage. */
export function timed<Result>(profiler: Profiler, stage: Stage, work: () => Result): Result {
  const end = profiler.begin(stage)
  try {
    return work()
  } finally {
    end()
  }
}

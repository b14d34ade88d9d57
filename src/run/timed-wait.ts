import type { Profiler } from './profiler.js'
import type { Stage } from './stage.js'

/** What `work` comes to; the time until then is that of a stage. */
export async function timedWait<Result>(
  profiler: Profiler,
  stage: Stage,
  work: () => Promise<Result>,
  isCall = false,
): Promise<Result> {
  const end = profiler.begin(stage, { isCall })
  try {
    return await work()
  } finally {
    end()
  }
}

/** The same items; the time in which one is waited for is that of a stage. */
export async function* timedItems<Item>(
  profiler: Profiler,
  stage: Stage,
  items: AsyncIterable<Item>,
): AsyncGenerator<Item, void, undefined> {
  const iterator = items[Symbol.asyncIterator]()
  try {
    for (;;) {
      const result = await timedWait(profiler, stage, () => iterator.next())
      if (result.done === true) return
      yield result.value
    }
  } finally {
    await iterator.return?.()
  }
}

import { abortedBy, throwIfAborted } from './throw-if-aborted.js'

/**
 * The same values until the signal is aborted, also while the next one lets us wait.
 *
 * @throws AbortedError when the signal is aborted
 */
export async function* untilAborted<T>(
  values: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  if (signal === undefined) return yield* values
  const iterator = values[Symbol.asyncIterator]()
  // One listener for all values; a Promise.race with one lasting promise would collect a reaction for each value.
  let stopWaiting: (reason: Error) => void = () => {}
  const onAbort = () => stopWaiting(abortedBy(signal))
  signal.addEventListener('abort', onAbort)
  try {
    for (;;) {
      throwIfAborted(signal)
      const next = await new Promise<IteratorResult<T>>((resolve, reject) => {
        stopWaiting = reject
        Promise.resolve(iterator.next()).then(resolve, reject)
      })
      if (next.done) return
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    const closed = Promise.resolve(iterator.return?.())
    // An iterator that never answered `next` never answers `return` either.
    if (signal.aborted) closed.catch(() => {})
    else await closed
  }
}

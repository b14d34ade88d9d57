import { setTimeout as sleep } from 'node:timers/promises'
import { TargetError } from '../errors.js'

/** How long what passes by itself is tried again. */
export interface Patience {
  /** Milliseconds from the first failure on; 0 for no second try. */
  readonly retryMs: number
  readonly signal?: AbortSignal | undefined
  /** Asked before another try. Default: always. */
  readonly mayRetry?: () => boolean
}

const firstPauseMs = 50
const longestPauseMs = 3_000

/**
 * Runs `work`, and again while it fails by what passes by itself: 50 ms later, then 100, 200 … 3 s, each give or take a half.
 * @throws what `work` throws when it does not pass, or has not passed in time; the signal's reason when that is aborted
 */
export async function persist<Result>(
  work: () => Promise<Result>,
  { retryMs, signal, mayRetry }: Patience,
): Promise<Result> {
  let firstFailureAt: number | undefined
  for (let failures = 1; ; failures += 1) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof TargetError)) throw error
      // What fails after an abort fails because of it: a connection is not waited for any more.
      signal?.throwIfAborted()
      if (!error.retryable || mayRetry?.() === false) throw error
      firstFailureAt ??= performance.now()
      const elapsedMs = performance.now() - firstFailureAt
      const pauseMs = pauseAfter(failures)
      if (elapsedMs + pauseMs > retryMs) throw gaveUp(error, failures, elapsedMs)
      await sleep(pauseMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
      signal?.throwIfAborted()
    }
  }
}

/** Those who failed together do not come back together. */
function pauseAfter(failures: number): number {
  const pauseMs = firstPauseMs * 2 ** Math.min(failures - 1, 10)
  return Math.min(longestPauseMs, pauseMs * (0.5 + Math.random()))
}

function gaveUp(error: TargetError, failures: number, elapsedMs: number): TargetError {
  if (failures === 1) return error
  const tried = `It was tried ${failures} times in ${(elapsedMs / 1000).toFixed(1)} s.`
  return new TargetError(error.code, `${error.message} ${tried}`, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    cause: error,
  })
}

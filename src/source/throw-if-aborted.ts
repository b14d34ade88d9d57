import { AbortedError } from '../errors.js'

/** @throws AbortedError when the signal is aborted: its reason, or with its reason as the cause */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortedBy(signal)
}

/** The error that ends what an aborted signal belongs to. */
export function abortedBy(signal: AbortSignal): AbortedError {
  if (signal.reason instanceof AbortedError) return signal.reason
  return new AbortedError('run.aborted', 'stopped before the source was read to its end', {
    cause: signal.reason,
  })
}

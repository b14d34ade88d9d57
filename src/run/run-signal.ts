import { AbortedError } from '../errors.js'

/** A signal that ends with the caller's, or when the run takes too long; its reason is an `AbortedError`. */
export function runSignal(signal: AbortSignal | undefined, timeoutMs: number | undefined): AbortSignal {
  const controller = new AbortController()
  const abort = (code: string, message: string, hint: string) =>
    controller.abort(new AbortedError(code, message, { hint }))
  const interrupted = () =>
    abort(
      'run.aborted',
      'The run was interrupted.',
      'What was committed stays; run again to finish the work.',
    )
  if (signal?.aborted === true) interrupted()
  signal?.addEventListener('abort', interrupted, { once: true })
  if (timeoutMs !== undefined) {
    const timer = setTimeout(
      () =>
        abort(
          'run.timeout',
          `The run took longer than ${timeoutMs} ms.`,
          'What was committed stays; raise --timeout and run again.',
        ),
      timeoutMs,
    )
    timer.unref()
  }
  return controller.signal
}

import { redactUrls } from '../report/redact-urls.js'

/**
 * A defect in words, without row values: a failed query carries its parameters in its message, a driver's message may
 * quote the value it refused.
 */
export function describeUnexpected(error: unknown, showValues: boolean): string {
  if (!(error instanceof Error)) return `something that is no error was thrown: ${typeof error}`
  if (showValues) return redactUrls(error.message)
  const query = 'query' in error || error.message.startsWith('Failed query:')
  if (query)
    return `a query failed${error.cause instanceof Error ? `: ${describeUnexpected(error.cause, false)}` : ''}`
  const state = sqlState(error)
  if (state !== undefined) return `the database answered ${state}${placeOf(error)}`
  return redactUrls(error.message.replace(/, "[^]*" is not valid JSON$/, ' is not valid JSON'))
}

/** Where it happened: the frames of the stack without its head, which repeats the message. */
export function stackFrames(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return stack.split('\n').filter((line) => /^\s+at /.test(line))
}

function sqlState(error: Error): string | undefined {
  const code = 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && 'severity' in error ? code : undefined
}

function placeOf(error: Error): string {
  const names = (['table', 'column', 'constraint'] as const).flatMap((kind) => {
    const name = (error as unknown as Record<string, unknown>)[kind]
    return typeof name === 'string' ? [`${kind} ${name}`] : []
  })
  return names.length === 0 ? '' : ` (${names.join(', ')})`
}

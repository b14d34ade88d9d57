import type { LogEntry } from './log-entry.js'

/** The last line of a command: how it ended, then what it counted. */
export function endingLog(
  { command, status, exitCode }: { command: string; status: string; exitCode: number },
  message: string,
  facts: Readonly<Record<string, unknown>>,
): LogEntry {
  return { level: status === 'ok' ? 'info' : 'error', message, command, status, exitCode, ...facts }
}

import type { OpenOptions } from '../target/target.js'
import type { Settings } from './settings.js'

/**
 * How the target is opened for a run; plans and rehearsals say what is different.
 * @param signal ends what waits for the database
 */
export function targetOptions(
  settings: Settings,
  signal: AbortSignal | undefined,
  different: Partial<OpenOptions> = {},
): OpenOptions {
  return {
    lockTimeoutMs: settings.lockTimeoutMs,
    statementTimeoutMs: settings.statementTimeoutMs,
    connectTimeoutMs: settings.connectTimeoutMs,
    retryMs: settings.retryMs,
    connections: settings.connections,
    tls: settings.tls,
    rehearsal: false,
    readOnly: false,
    signal,
    ...different,
  }
}

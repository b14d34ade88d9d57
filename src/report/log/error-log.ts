import { stripControls } from '../strip-controls.js'
import type { LogEntry } from './log-entry.js'

/** What a command died of, as log lines. */
export function errorLog(errors: readonly { code: string; message: string; hint?: string }[]): LogEntry[] {
  return errors.map(({ code, message, hint }) => ({
    level: 'error',
    message: stripControls(message),
    code,
    ...(hint !== undefined && { hint: stripControls(hint) }),
  }))
}

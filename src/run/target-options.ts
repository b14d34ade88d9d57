import type { TargetOptions } from '../target/target.js'
import type { Settings } from './settings.js'

/** How the target is opened for a run; plans and rehearsals say what is different. */
export function targetOptions(settings: Settings, different: Partial<TargetOptions> = {}): TargetOptions {
  return {
    lockTimeoutMs: settings.lockTimeoutMs,
    statementTimeoutMs: settings.statementTimeoutMs,
    rehearsal: false,
    readOnly: false,
    ...different,
  }
}

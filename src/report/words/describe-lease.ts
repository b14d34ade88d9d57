import type { LeaseReport } from '../../run/command-reports.js'

/** `run 12 by deploy on web-1 (process 71)` */
export function describeLease({ command, runId, user, host, processId }: LeaseReport): string {
  return `${command}${runId === null ? '' : ` ${runId}`} by ${user} on ${host} (process ${processId})`
}

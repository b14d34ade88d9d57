import type { UnlockReport } from '../../run/command-reports.js'
import { paint, type Paint } from '../paint.js'
import { targetName } from '../words/target-name.js'
import { formatErrors } from './format-errors.js'
import { formatLease } from './format-lease.js'
import { joinSections } from './join-sections.js'
import type { TextStyle } from './text-style.js'

/** What `unlock` found and cleared, for people. */
export function formatUnlockText(report: UnlockReport, { colour, width }: TextStyle): string {
  const colours = paint(colour)
  const { target, lease, errors, status } = report
  const heading = status === 'ok' ? colours.green('cleared') : colours.yellow('at work')
  return joinSections([
    target === null ? [] : [colours.bold(targetName(target))],
    lease === null ? [] : formatLease(lease, heading, colours),
    formatErrors(errors, colours, width),
    [formatUnlockEnding(report, colours)],
  ])
}

/** The last line alone: what was cleared. */
export function formatUnlockEnding(report: UnlockReport, colours: Paint): string {
  const { status, exitCode, held, lease, endedBackendPid, interruptedRuns } = report
  if (status !== 'ok') return colours.red(`nothing was cleared (exit code ${exitCode})`)
  if (!held && lease === null) return colours.green('nobody holds the lock, nothing to clear')
  const done = [
    ...(endedBackendPid === null ? [] : [`ended process ${endedBackendPid} of the database server`]),
    ...(lease === null ? [] : ['removed the lease']),
    ...interruptedRuns.map((id) => `run ${id} is marked as interrupted`),
  ]
  return colours.green(`the lock is free: ${done.join(', ')}`)
}

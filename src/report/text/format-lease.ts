import type { LeaseReport } from '../../run/command-reports.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { describeLease } from '../words/describe-lease.js'
import { instant } from '../words/instant.js'
import { alignRows, type Cell } from './align-rows.js'
import { indent } from './indent.js'

/** Who has the lease, under a heading that says whether that run is alive. */
export function formatLease(lease: LeaseReport, colours: Paint): string[] {
  const heading = lease.held ? colours.yellow('at work') : colours.red('left by a run that died')
  const rows: [string, string | null][] = [
    ['since', instant(lease.acquiredAt)],
    ['last sign of life', instant(lease.heartbeatAt)],
    ['deployment', lease.deployment],
    ['server process', lease.backendPid === null ? null : String(lease.backendPid)],
  ]
  const cells = rows.flatMap(([name, text]): Cell[][] =>
    text === null ? [] : [[{ text: name, paint: colours.dim }, { text: stripControls(text) }]],
  )
  return [
    `${heading}: ${colours.bold(stripControls(describeLease(lease)))}`,
    ...indent(alignRows(cells, 'll')),
    ...(lease.held
      ? []
      : indent([
          colours.cyan('→ The lock is free: the next run takes over, or carryover unlock clears this.'),
        ])),
  ]
}

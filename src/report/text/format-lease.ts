import type { LeaseReport } from '../../run/command-reports.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { describeLease } from '../words/describe-lease.js'
import { instant } from '../words/instant.js'
import { alignRows, type Cell } from './align-rows.js'
import { indent } from './indent.js'

/** Who has the lease, under a heading that says what that means. */
export function formatLease(lease: LeaseReport, heading: string, colours: Paint): string[] {
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
  ]
}

import type { ListedRun } from '../../run/command-reports.js'
import { stripControls } from '../strip-controls.js'
import { amount } from './amount.js'
import { duration } from './duration.js'

/** How a run stands: `ok`, `rejects (4)`, `not finished`, `ok, undid 12`, `ok, undone by 14`. */
export function describeRun({ status, exitCode, finishedAt, undoneBy, undoes }: ListedRun): string {
  const word = finishedAt === null ? 'not finished' : stripControls(status)
  const code = exitCode === null || exitCode === 0 ? '' : ` (${exitCode})`
  const undone = undoneBy === null ? '' : `, undone by ${undoneBy}`
  return `${word}${code}${undoes === null ? '' : `, undid ${undoes}`}${undone}`
}

/** What a run did: `1,286 inserted, 14 rejected`; of an undo the rows. */
export function describeCounts({ summary }: ListedRun): string {
  const counted = (summary?.['totals'] ?? summary?.['rows'] ?? {}) as Record<string, number>
  const parts = Object.entries(counted).filter(([, number]) => number > 0)
  return parts.map(([word, number]) => amount(number, word, word)).join(', ')
}

/** How long a run took; nothing while it has no end. */
export function runDuration({ startedAt, finishedAt }: ListedRun): string {
  return finishedAt === null ? '' : duration(Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)))
}

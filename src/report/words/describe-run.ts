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

/** What a run counted: outcomes, or the rows of an undo. */
export function runCounts({ summary }: ListedRun): Record<string, number> {
  return (summary?.['totals'] ?? summary?.['rows'] ?? {}) as Record<string, number>
}

/** `1,286 inserted, 14 rejected`, without those of which there are none. */
export function describeCounts(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).filter(([, number]) => number > 0)
  return parts.map(([word, number]) => amount(number, word, word)).join(', ')
}

/** How long a run took; nothing while it has no end. */
export function runDuration({ startedAt, finishedAt }: ListedRun): string {
  return finishedAt === null ? '' : duration(Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)))
}

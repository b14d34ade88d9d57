import type { ListedRun } from '../../run/command-reports.js'
import { stripControls } from '../strip-controls.js'
import { amount } from './amount.js'
import { duration } from './duration.js'

/** How a run stands: `ok`, `rejects (4)`, `not finished`, `ok, undid 12, 11`, `ok, undone by 14`. */
export function describeRun(run: ListedRun): string {
  const { status, exitCode, finishedAt, undoneBy } = run
  const undid = undoneRuns(run)
  const word = finishedAt === null ? 'not finished' : stripControls(status)
  const code = exitCode === null || exitCode === 0 ? '' : ` (${exitCode})`
  const undone = undoneBy === null ? '' : `, undone by ${undoneBy}`
  return `${word}${code}${undid.length === 0 ? '' : `, undid ${undid.join(', ')}`}${undone}`
}

/** The runs that an undo took back, the last one first; of one that could not note its end only the one it was asked for. */
function undoneRuns({ undoes, summary }: ListedRun): readonly number[] {
  return (summary?.['undoes'] as number[] | undefined) ?? (undoes === null ? [] : [undoes])
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

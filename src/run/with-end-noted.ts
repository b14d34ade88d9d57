import { CarryoverError } from '../errors.js'
import type { Outcome } from './judge.js'
import { reportError } from './report-error.js'

/** What the ledger has of a run that ended by a defect of carryover. */
const defect: Outcome = { status: 'failed', exitCode: 1 }

/** Does the work of a run and has its end noted, however it ended. */
export async function withEndNoted(
  note: (outcome: Outcome) => Promise<void>,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    const outcome = await work()
    await note(outcome)
    return outcome
  } catch (error) {
    // The first error counts: when the database is gone, the run's end cannot be written either.
    await note(error instanceof CarryoverError ? reportError(error) : defect).catch(() => undefined)
    throw error
  }
}

import { TargetError, UsageError } from '../errors.js'
import type { Ledger, RunRow } from '../target/ledger.js'

/**
 * The run of this number.
 * @throws UsageError `runs.run` when it is no number of a run, TargetError `runs.unknown_run` when the ledger has none of it
 */
export async function knownRun(ledger: Ledger, runId: number): Promise<RunRow> {
  if (!Number.isSafeInteger(runId) || runId < 1)
    throw new UsageError('runs.run', 'The number of a run was expected, 1 or more.', {
      hint: '`carryover runs` lists the runs of this database.',
    })
  const [run] = await ledger.runs({ limit: 1, runId })
  if (run === undefined)
    throw new TargetError('runs.unknown_run', `The ledger of this database has no run ${runId}.`, {
      hint: '`carryover runs` lists those it has. Is it the right database?',
    })
  return run
}

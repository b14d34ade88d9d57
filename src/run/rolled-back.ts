import { LimitError } from '../errors.js'
import type { PipelineRun } from './run-pipeline.js'
import { exceedsLimit } from './reject-limit.js'

/** More went wrong than a limit admits: the transaction it is thrown in is rolled back. */
export class RolledBack extends LimitError {}

/**
 * `people: 3 of 100 records are rejected, and limits.rejects admits 0`; undefined when it admits that many.
 * @param more records that may be rejected yet
 */
export function rejectsPassLimit({ pipeline, tally }: PipelineRun, more = 0): string | undefined {
  const { records, outcomes } = tally
  const limit = pipeline.limits.rejects
  const rejected = outcomes.rejected + more
  if (!exceedsLimit(rejected, records, limit)) return undefined
  return `${pipeline.name}: ${rejected} of ${records} records are rejected, and limits.rejects admits ${limit}`
}

/** What ends a transaction around a pipeline or around the run. */
export function rolledBack(what: 'pipeline' | 'run', reasons: readonly string[]): RolledBack {
  return new RolledBack(
    'run.rolled_back',
    `${reasons.join('; ')}. With \`atomic: '${what}'\` nothing of the ${what} is applied.`,
    { hint: 'Mend what is named and run again; `carryover rejects` lists the rejected records.' },
  )
}

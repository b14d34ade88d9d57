import type { TargetInfo } from '../target/target.js'
import type { Execution } from './execute.js'
import type { RunReport } from './run-report.js'
import { noOutcomes } from './tally.js'

const unknownTarget: TargetInfo = { dialect: 'sqlite', version: '', database: '' }

/** The report of a command that has done nothing yet. */
export function newDraft(
  { command, dryRun }: Pick<Execution, 'command' | 'dryRun'>,
  startedAt: Date,
): RunReport {
  return {
    schemaVersion: 1,
    command,
    runId: null,
    status: 'failed',
    exitCode: 1,
    dryRun,
    target: unknownTarget,
    startedAt: startedAt.toISOString(),
    finishedAt: '',
    durationMs: 0,
    pipelines: [],
    totals: noOutcomes(),
    sequences: [],
    errors: [],
  }
}

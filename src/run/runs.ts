import { TargetError, UsageError } from '../errors.js'
import type { RunsReport } from './command-reports.js'
import type { CommonOptions } from './options.js'
import { noOutcomes } from './tally.js'
import { withLedger } from './with-ledger.js'

/** Options of `runs`. */
export interface RunsOptions extends CommonOptions {
  /** Only this one. */
  runId?: number
  /** At most so many, the last ones. Default 20. */
  limit?: number
}

/** The runs of this database as the ledger tells them, the last one first. Writes nothing. */
export async function runs(options: RunsOptions = {}): Promise<RunsReport> {
  const report: RunsReport = {
    schemaVersion: 1,
    command: 'runs',
    status: 'ok',
    exitCode: 0,
    target: null,
    runs: [],
    errors: [],
  }
  return withLedger(options, report, async (target) => {
    report.target = { ...target.info }
    const { runId, limit = 20 } = options
    if (runId !== undefined && (!Number.isSafeInteger(runId) || runId < 1))
      throw new UsageError('runs.run', 'The number of a run was expected, 1 or more.', {
        hint: '`carryover runs` lists the runs of this database.',
      })
    const found = await target.ledger.runs({ limit, ...(runId === undefined ? {} : { runId }) })
    if (runId !== undefined && found.length === 0)
      throw new TargetError('runs.unknown_run', `The ledger of this database has no run ${runId}.`, {
        hint: '`carryover runs` lists those it has. Is it the right database?',
      })
    report.runs = found.map(({ summary, ...run }) => ({
      ...run,
      summary: summary === null ? null : parseSummary(summary),
    }))
  })
}

/** What came of a run, its counts in the order of every report: Postgres keeps the fields of JSON in an order of its own. */
function parseSummary(text: string): Record<string, unknown> {
  const inOrder = (none: object, counts: unknown): object => ({ ...none, ...(counts as object) })
  const summary = JSON.parse(text, (name, value: unknown) =>
    name === 'totals' || name === 'outcomes' ? inOrder(noOutcomes(), value) : value,
  ) as Record<string, unknown>
  if (!('undoes' in summary)) return summary
  return { ...summary, rows: inOrder({ restored: 0, deleted: 0, inserted: 0 }, summary['rows']) }
}

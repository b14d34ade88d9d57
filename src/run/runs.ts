import type { RunsReport } from './command-reports.js'
import { knownRun } from './known-run.js'
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
    const { ledger } = target
    const found = runId === undefined ? await ledger.runs({ limit }) : [await knownRun(ledger, runId)]
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

import type { StatusReport } from './command-reports.js'
import { leaseReport } from './lease-report.js'
import type { CommonOptions } from './options.js'
import { requireKnownPipelines } from './require-known-pipelines.js'
import { withLedger } from './with-ledger.js'

/** What the ledger knows: the last run, who runs now, and how many records of each pipeline have a row. Writes nothing. */
export async function status(options: CommonOptions = {}): Promise<StatusReport> {
  const report: StatusReport = {
    schemaVersion: 1,
    command: 'status',
    status: 'ok',
    exitCode: 0,
    errors: [],
    target: null,
    ledger: false,
    lastRun: null,
    lease: null,
    pipelines: [],
  }
  return withLedger(options, report, async (target) => {
    report.target = { ...target.info }
    report.ledger = await target.ledger.exists()
    const only = options.only ?? []
    if (report.ledger) await requireKnownPipelines(target.ledger, only)
    report.lastRun = (await target.ledger.runs({ limit: 1 }))[0] ?? null
    report.lease = leaseReport(await target.lockState())
    report.pipelines = (await target.ledger.states()).filter(
      (state) => only.length === 0 || only.includes(state.pipeline),
    )
  })
}

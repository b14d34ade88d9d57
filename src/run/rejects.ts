import type { RejectsReport } from './command-reports.js'
import type { CommonOptions } from './options.js'
import { withLedger } from './with-ledger.js'

/** Options of `rejects`. */
export interface RejectsOptions extends CommonOptions {
  /** Only what this run was the first to find, closed ones included. Default: everything that is open. */
  runId?: number
}

/** The records that could not go on, with their place and reason. Records themselves only with `showValues`. Writes nothing. */
export async function rejects(options: RejectsOptions = {}): Promise<RejectsReport> {
  const report: RejectsReport = {
    schemaVersion: 1,
    command: 'rejects',
    status: 'ok',
    exitCode: 0,
    errors: [],
    rejects: [],
  }
  return withLedger(options, report, async (target) => {
    const found = await target.ledger.rejects({
      ...(options.only === undefined || options.only.length === 0 ? {} : { pipelines: options.only }),
      ...(options.runId === undefined ? {} : { runId: options.runId }),
    })
    report.rejects =
      options.showValues === true ? found : found.map((reject) => ({ ...reject, record: null }))
  })
}

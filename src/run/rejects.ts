import type { Ledger, RejectRow } from '../target/ledger.js'
import type { RejectsReport, ToldReject, ToldRejectGroup } from './command-reports.js'
import { exportRejects } from './export-rejects.js'
import { knownRun } from './known-run.js'
import type { CommonOptions } from './options.js'
import { requireKnownPipelines } from './require-known-pipelines.js'
import { withLedger } from './with-ledger.js'

/** Options of `rejects`. */
export interface RejectsOptions extends CommonOptions {
  /** Only what this run was the first to find, closed ones included. Default: everything that is open. */
  runId?: number
  /**
   * Writes the records as NDJSON, one a line and exactly as it was, to a file that only its owner may read; of several pipelines
   * to a file of each in a folder, whose name ends in a slash. Or hands the lines over.
   */
  exportTo?: string | ((lines: string) => void)
}

/** The records that could not go on, with their place and reason. Records themselves only with `showValues`. */
export async function rejects(options: RejectsOptions = {}): Promise<RejectsReport> {
  const report: RejectsReport = {
    schemaVersion: 1,
    command: 'rejects',
    status: 'ok',
    exitCode: 0,
    errors: [],
    groups: [],
    rejects: [],
    exported: null,
  }
  return withLedger(options, report, async ({ ledger }) => {
    const { only = [], runId } = options
    if (await ledger.exists()) {
      await requireKnownPipelines(ledger, only)
      if (runId !== undefined) await knownRun(ledger, runId)
    }
    const found = await ledger.rejects({
      ...(only.length === 0 ? {} : { pipelines: only }),
      ...(runId === undefined ? {} : { runId }),
    })
    report.groups = groupRejects(found)
    report.rejects = await toldRejects(ledger, found, options.showValues === true)
    if (options.exportTo === undefined) return
    const cwd = options.cwd ?? process.cwd()
    report.exported = await exportRejects(ledger, found, options.exportTo, cwd)
  })
}

async function toldRejects(
  ledger: Ledger,
  rows: readonly RejectRow[],
  withRecords: boolean,
): Promise<ToldReject[]> {
  const copies = withRecords ? await ledger.rejectCopies(rows.map(({ id }) => id)) : undefined
  return rows.map(({ id, ordinal: _, ...row }) => ({
    ...row,
    record: copies?.get(id)?.record ?? null,
    surroundings: copies?.get(id)?.surroundings ?? null,
  }))
}

function groupRejects(rows: readonly RejectRow[]): ToldRejectGroup[] {
  const groups = new Map<string, ToldRejectGroup>()
  for (const { pipeline, code, column, legacyKey: key, at, message } of rows) {
    const name = JSON.stringify([pipeline, code, column])
    const group = groups.get(name) ?? { pipeline, code, column, count: 0, examples: [] }
    group.count += 1
    if (group.examples.length < 3) group.examples.push({ key, at, message })
    groups.set(name, group)
  }
  return [...groups.values()]
}

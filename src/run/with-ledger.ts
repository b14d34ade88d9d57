import type { StatusReport } from './command-reports.js'
import { openTarget } from '../target/open-target.js'
import type { Target, TargetOptions } from '../target/target.js'
import { loadConfig } from '../pipeline/load-config.js'
import { openModuleLoader } from '../pipeline/import-module.js'
import type { CommonOptions } from './options.js'
import { reportError } from './report-error.js'
import { settle, type Settings } from './settings.js'
import { targetOptions } from './target-options.js'

/** What every report of a command that only reads the ledger begins with. */
type Draft = Pick<StatusReport, 'status' | 'exitCode' | 'errors'>

/** Opens the database, read-only unless told otherwise, lets `work` fill in the report, and puts what went wrong into it. */
export async function withLedger<Report extends Draft>(
  options: CommonOptions,
  report: Report,
  work: (target: Target, settings: Settings) => Promise<void>,
  different: Partial<TargetOptions> = { readOnly: true },
): Promise<Report> {
  let target: Target | undefined
  try {
    const loaded = await loadConfig(openModuleLoader(), options.cwd ?? process.cwd(), options.config)
    const settings = settle(options, loaded)
    target = await openTarget(settings.databaseUrl, settings.cwd, targetOptions(settings, different))
    await work(target, settings)
  } catch (error) {
    const { error: reported, ...outcome } = reportError(error)
    Object.assign(report, outcome)
    report.errors.push(reported)
  } finally {
    await target?.close()
  }
  return report
}

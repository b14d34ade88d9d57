import type { StatusReport } from './command-reports.js'
import { openTarget } from '../target/open-target.js'
import type { OpenOptions, Target } from '../target/target.js'
import { loadConfig } from '../pipeline/load-config.js'
import { openModuleLoader } from '../pipeline/import-module.js'
import type { RunOptions } from './options.js'
import { endWithError } from './report-error.js'
import { runSignal } from './run-signal.js'
import { settle, type Settings } from './settings.js'
import { targetOptions } from './target-options.js'

/** What every report of a command that needs no pipeline begins with. */
type Draft = Pick<StatusReport, 'status' | 'exitCode' | 'errors'>

/** Opens the database, read-only unless told otherwise, lets `work` fill in the report, and puts what went wrong into it. */
export async function withLedger<Report extends Draft>(
  options: RunOptions,
  report: Report,
  work: (target: Target, settings: Settings, signal: AbortSignal) => Promise<void>,
  different: Partial<OpenOptions> = { readOnly: true },
): Promise<Report> {
  let target: Target | undefined
  try {
    const loaded = await loadConfig(openModuleLoader(), options.cwd ?? process.cwd(), options.config)
    const settings = settle(options, loaded)
    const signal = runSignal(options.signal, different.readOnly === true ? undefined : settings.timeoutMs)
    target = await openTarget(settings.databaseUrl, settings.cwd, targetOptions(settings, signal, different))
    await work(target, settings, signal)
  } catch (error) {
    endWithError(report, error)
  } finally {
    await target?.close()
  }
  return report
}

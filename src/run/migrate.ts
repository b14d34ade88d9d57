import { loadTables } from '../pipeline/load-tables.js'
import { openTarget } from '../target/open-target.js'
import type { Target } from '../target/target.js'
import { TargetError } from '../errors.js'
import { lockRequest } from './as-only-run.js'
import type { MigrateReport } from './command-reports.js'
import { newRun } from './new-run.js'
import type { RunOptions } from './options.js'
import { openProject, selectedPipelines } from './project.js'
import { reportError } from './report-error.js'
import { runSignal } from './run-signal.js'
import { targetOptions } from './target-options.js'

/** Options of `migrate`. */
export interface MigrateOptions extends RunOptions {
  /** Only tell how the database stands. */
  dryRun?: boolean
}

/**
 * Brings the database to the declared schema: the migrations of drizzle-kit on Postgres, the tables derived from the same
 * schema on SQLite. Under the lock of a run. An applied file that was changed since is an error, and nothing is applied.
 */
export async function migrate(options: MigrateOptions = {}): Promise<MigrateReport> {
  const report: MigrateReport = {
    schemaVersion: 1,
    command: 'migrate',
    status: 'ok',
    exitCode: 0,
    errors: [],
    target: null,
    applied: [],
    state: null,
  }
  let target: Target | undefined
  try {
    const project = await openProject(options)
    const pipelines = selectedPipelines(project)
    const { settings, loader } = project
    const tables = await loadTables(loader, settings.configDir, settings.schemaGlobs, pipelines)
    const files = { folder: settings.migrationsFolder, tables }
    const signal = runSignal(options.signal, settings.timeoutMs)
    target = await openTarget(settings.databaseUrl, settings.cwd, targetOptions(settings, signal))
    report.target = { ...target.info }
    report.state = await target.migrationState(files)
    if (report.state.changed.length > 0) throw changedFiles(report.state.changed)
    const opened = target
    if (options.dryRun !== true && report.state.pending.length > 0) {
      const lessee = {
        ...newRun('migrate', [], new Date(), options.env ?? process.env, null),
        processId: process.pid,
      }
      const request = lockRequest(options, settings.waitMs, signal)
      report.applied = await opened.withRunLock(request, () =>
        opened.withLease(lessee, () => opened.applyMigrations(files)),
      )
    }
  } catch (error) {
    const { error: reported, ...outcome } = reportError(error)
    Object.assign(report, outcome)
    report.errors.push(reported)
  } finally {
    await target?.close()
  }
  return report
}

function changedFiles(names: readonly string[]): TargetError {
  return new TargetError(
    'migrate.changed',
    `These migrations were applied and their files changed afterwards: ${names.join(', ')}.`,
    {
      hint: 'Restore the files from the repository and put the change into a new migration.',
    },
  )
}

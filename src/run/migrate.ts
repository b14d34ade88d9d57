import { findDrift } from '../doctor/drift/find-drift.js'
import { TargetError, UsageError } from '../errors.js'
import { loadTables } from '../pipeline/load-tables.js'
import type { MigrationFiles, MigrationState, PendingMigration } from '../target/migration.js'
import { offlineMigrations } from '../target/offline-migrations.js'
import { openTarget } from '../target/open-target.js'
import type { Target, TargetInfo } from '../target/target.js'
import { lockRequest } from './as-only-run.js'
import type { MigrateReport } from './command-reports.js'
import { environmentName } from './environment.js'
import { newRun } from './new-run.js'
import type { RunOptions } from './options.js'
import { openProject, selectedPipelines } from './project.js'
import { endWithError } from './report-error.js'
import { runSignal } from './run-signal.js'
import type { Settings } from './settings.js'
import { targetOptions } from './target-options.js'

/** Options of `migrate`. */
export interface MigrateOptions extends RunOptions {
  /** Only tell how the database stands. */
  dryRun?: boolean
  /** Apply nothing, and fail when something is pending or the database is not what the schema declares. */
  check?: boolean
  /** With `dryRun`: tell what the folder has, as if nothing of it had been applied. Opens no connection. */
  offline?: boolean
  /** Asked before anything is applied in production, with what is pending and where; false ends it. */
  confirm?: (pending: readonly PendingMigration[], target: TargetInfo) => Promise<boolean>
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
    drift: null,
  }
  let target: Target | undefined
  try {
    const { settings, files } = await openSchema(options)
    if (options.offline === true) {
      if (options.dryRun !== true) throw offlineAlone()
      report.state = await offlineMigrations(settings.databaseUrl, files)
      return report
    }
    const signal = runSignal(options.signal, settings.timeoutMs)
    target = await open(settings, signal, options)
    if (target === undefined) {
      report.state = await offlineMigrations(settings.databaseUrl, files)
      Object.assign(report, options.check === true && failedBy(report.state))
      return report
    }
    report.target = { ...target.info }
    report.state = await target.migrationState(files)
    if (report.state.changed.length > 0) throw changedFiles(report.state.changed)
    if (options.check === true) Object.assign(report, await judge(target, report.state, files))
    else if (options.dryRun !== true && report.state.pending.length > 0) {
      await requireConsent(options, report.state.pending, target.info)
      await applyAll(target, { files, options, settings, signal }, report)
    }
  } catch (error) {
    endWithError(report, error)
  } finally {
    await target?.close()
  }
  return report
}

async function openSchema(options: RunOptions): Promise<{ settings: Settings; files: MigrationFiles }> {
  const project = await openProject(options)
  const { settings, loader } = project
  const tables = await loadTables(
    loader,
    settings.configDir,
    settings.schemaGlobs,
    selectedPipelines(project),
  )
  return { settings, files: { folder: settings.migrationsFolder, tables } }
}

/** Undefined for a SQLite file that is not there yet: looking at it must not make it. */
async function open(
  settings: Settings,
  signal: AbortSignal,
  { check, dryRun }: MigrateOptions,
): Promise<Target | undefined> {
  const readOnly = check === true || dryRun === true
  try {
    return await openTarget(settings.databaseUrl, settings.cwd, targetOptions(settings, signal, { readOnly }))
  } catch (error) {
    if (readOnly && error instanceof TargetError && error.code === 'database.no_file') return undefined
    throw error
  }
}

/** What is pending explains every difference: only without it is one looked for. */
async function judge(
  target: Target,
  state: MigrationState,
  { tables }: MigrationFiles,
): Promise<Partial<MigrateReport>> {
  if (state.pending.length > 0) return failedBy(state)
  const drift = findDrift({ survey: await target.audit.survey([]), declared: tables })
  return drift.length > 0 ? { drift, status: 'stale', exitCode: 5 } : { drift }
}

function failedBy({ pending }: MigrationState): Partial<MigrateReport> {
  return pending.length > 0 ? { status: 'failed', exitCode: 1 } : {}
}

async function requireConsent(
  { confirm, env = process.env }: MigrateOptions,
  pending: readonly PendingMigration[],
  target: TargetInfo,
): Promise<void> {
  if (environmentName(env) !== 'production' || confirm === undefined || (await confirm(pending, target)))
    return
  throw new UsageError(
    'usage.confirm',
    `This is production, and ${namesOf(pending)} ${pending.length === 1 ? 'was' : 'were'} not confirmed: nothing was applied.`,
    { hint: 'Look at `carryover migrate --sql`, then answer y; add --yes where nobody can be asked.' },
  )
}

/** Applies what is pending as the only run; the report has what was applied also when a later one fails. */
async function applyAll(
  target: Target,
  work: { files: MigrationFiles; options: MigrateOptions; settings: Settings; signal: AbortSignal },
  report: MigrateReport,
): Promise<void> {
  const { files, options, settings, signal } = work
  const lessee = {
    ...newRun('migrate', [], new Date(), options.env ?? process.env, null),
    processId: process.pid,
  }
  try {
    report.applied = await target.withRunLock(lockRequest(options, settings.waitMs, signal), () =>
      target.withLease(lessee, () => target.applyMigrations(files, (name) => void report.applied.push(name))),
    )
  } catch (error) {
    if (!(error instanceof TargetError) || error.code !== 'migrate.failed') throw error
    throw withWhatIsLeft(error, report)
  }
}

function withWhatIsLeft(error: TargetError, { applied, state }: MigrateReport): TargetError {
  const left = (state?.pending ?? []).filter(({ name }) => !applied.includes(name))
  const isDone = applied.length === 0 ? 'Nothing was applied' : `Applied and kept: ${applied.join(', ')}`
  return new TargetError(error.code, error.message, {
    hint: `${isDone}; still pending: ${namesOf(left)}. ${error.hint ?? ''}`.trim(),
    retryable: error.retryable,
    cause: error.cause,
  })
}

function offlineAlone(): UsageError {
  return new UsageError('usage.offline', 'Nothing can be applied without a database: --offline only shows.', {
    hint: 'Add --sql, or leave --offline out.',
  })
}

function namesOf(migrations: readonly PendingMigration[]): string {
  return migrations.map(({ name }) => name).join(', ')
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

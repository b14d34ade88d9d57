import { readBaseline, writeBaseline } from '../doctor/baseline.js'
import type { Check, Patient } from '../doctor/check.js'
import { chooseChecks } from '../doctor/choose-checks.js'
import { diagnose, type Finding } from '../doctor/diagnose.js'
import { noDatabase } from '../doctor/no-database.js'
import { readProjectFiles } from '../doctor/project-files.js'
import { checks } from '../doctor/registry.js'
import { TargetError, UsageError } from '../errors.js'
import { loadTables } from '../pipeline/load-tables.js'
import type { MigrationFiles, MigrationState } from '../target/migration.js'
import { openTarget } from '../target/open-target.js'
import type { Target } from '../target/target.js'
import type { DoctorReport } from './command-reports.js'
import type { CommonOptions } from './options.js'
import { openProject, selectedPipelines, type Project } from './project.js'
import { refuseUnknownSchemas } from './refuse-unknown-schemas.js'
import { endWithError } from './report-error.js'
import { runSignal } from './run-signal.js'
import { targetOptions } from './target-options.js'

/** Options of `doctor`. */
export interface DoctorOptions extends CommonOptions {
  /** Try an insert into every table, in a transaction that is rolled back. Sequences lose a number on the way. */
  probe?: boolean
  /** Read whole tables: orphans, keys that differ by case alone, texts that are enums in fact. */
  data?: boolean
  /** Find what of the schema only one engine has. */
  portable?: boolean
  /** Warnings fail like errors. */
  strict?: boolean
  /** Codes of checks, or what stands before their dot; only these are made. `only` names pipelines, as everywhere. */
  onlyChecks?: readonly string[]
  /** Codes of checks, or what stands before their dot; these are not made. */
  skipChecks?: readonly string[]
  /** Only tables of these schemas. Default: all. */
  schemas?: readonly string[]
  /** File of findings that are accepted. Default: `doctor-baseline.json` beside the configuration, where it is there. */
  baseline?: string
  /** Write the findings into the baseline: they are accepted from now on. */
  updateBaseline?: boolean
}

/**
 * Audits the database, its schema and the pipelines: what is wrong, why it matters, and the SQL that mends it, which is never
 * run. Works without pipelines too. Exit code 1 when there is an error that the baseline does not accept; with `strict` also for
 * a warning.
 */
export async function doctor(options: DoctorOptions = {}): Promise<DoctorReport> {
  const report: DoctorReport = {
    schemaVersion: 1,
    command: 'doctor',
    status: 'ok',
    exitCode: 0,
    errors: [],
    target: null,
    checks: [],
    examined: null,
    findings: [],
    accepted: 0,
    totals: { errors: 0, warnings: 0, infos: 0 },
  }
  let target: Target | undefined
  try {
    const { probe = false, data = false, portable = false, onlyChecks = [], skipChecks = [] } = options
    const asked = chooseChecks(checks, { only: onlyChecks, skip: skipChecks })
    const project = await openProject(options)
    const { settings } = project
    const examination = { probe, data, portable }
    const allowed = asked.filter(({ when }) => when === undefined || examination[when])
    if (!allowed.every(({ isOffline }) => isOffline)) {
      const signal = runSignal(options.signal, undefined)
      // What is tried is rolled back, and everything around it.
      const access = { ...(probe ? { rehearsal: true } : { readOnly: true }), withoutLedger: true }
      target = await openTarget(settings.databaseUrl, settings.cwd, targetOptions(settings, signal, access))
      report.target = { ...target.info }
    }
    const patient = await admit(project, target, options.schemas ?? [])
    const { survey, declared, pipelines } = patient
    report.examined = {
      tables: survey.tables.length,
      declared: declared.length,
      pipelines: pipelines.length,
    }
    const made = allowed.filter(({ needsSchema }) => needsSchema !== true || declared.length > 0)
    if (made.length === 0) throw noneMade(asked)
    const found = await diagnose(made, patient)
    report.checks = made.map(({ code }) => code)
    const baseline = { dir: settings.configDir, file: options.baseline }
    if (options.updateBaseline === true) await writeBaseline(baseline, report.checks, found)
    const accepted = await readBaseline(baseline)
    report.findings = found.filter((finding) => !accepted(finding))
    report.accepted = found.length - report.findings.length
    Object.assign(report, judge(report.findings, options.strict === true))
  } catch (error) {
    endWithError(report, error)
  } finally {
    await target?.close()
  }
  return report
}

/** Everything that the checks are made on. */
async function admit(
  project: Project,
  target: Target | undefined,
  schemas: readonly string[],
): Promise<Patient> {
  const { settings, loader, problems } = project
  // A database without pipelines can be audited as well.
  const hasNone = problems.some(({ code }) => code === 'pipeline.none')
  const pipelines = hasNone ? [] : selectedPipelines(project)
  const declared = await loadTables(loader, settings.configDir, settings.schemaGlobs, pipelines)
  const known = { declared, pipelines, project: await readProjectFiles(settings.configDir) }
  if (target === undefined) return { ...noDatabase, ...known }
  await refuseUnknownSchemas(target.audit, schemas)
  return {
    ...known,
    survey: await target.audit.survey(schemas),
    audit: target.audit,
    migrations: await migrationsOf(target, { folder: settings.migrationsFolder, tables: declared }),
  }
}

/** What stands in the way of migrations is a finding, and does not hide the others. */
async function migrationsOf(target: Target, files: MigrationFiles): Promise<MigrationState> {
  try {
    return await target.migrationState(files)
  } catch (error) {
    if (!(error instanceof TargetError) || !/^(?:migrate\.|twin\.|database\.permission$)/.test(error.code))
      throw error
    const { message, hint } = error
    return { applied: [], pending: [], changed: [], unknown: [], refusal: { message, hint } }
  }
}

function judge(
  findings: readonly Finding[],
  strict: boolean,
): Pick<DoctorReport, 'status' | 'exitCode' | 'totals'> {
  const count = (severity: Finding['severity']) =>
    findings.filter((finding) => finding.severity === severity).length
  const totals = { errors: count('error'), warnings: count('warning'), infos: count('info') }
  const fails = totals.errors > 0 || (strict && totals.warnings > 0)
  return { totals, ...(fails ? { status: 'failed', exitCode: 1 } : { status: 'ok', exitCode: 0 }) }
}

function noneMade(asked: readonly Check[]): UsageError {
  const forms = [...new Set(asked.flatMap(({ when }) => (when === undefined ? [] : [`--${when}`])))]
  const hints = [
    ...forms.map((form) => `Add ${form}.`),
    ...(asked.some(({ needsSchema }) => needsSchema)
      ? ['Name the schema file in the configuration: without declared tables there is nothing to compare.']
      : []),
  ]
  return new UsageError('usage.no_check_made', 'None of the checks that were asked for could be made.', {
    hint: hints.join(' '),
  })
}

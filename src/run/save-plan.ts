import { CarryoverError } from '../errors.js'
import type { Definitions } from '../pipeline/definitions.js'
import type { Decisions } from './decisions.js'
import type { Frame } from './execute.js'
import type { PlanOptions } from './options.js'
import { writePlanFile } from './plan-file.js'
import { reportError } from './report-error.js'
import type { RunReport } from './run-report.js'
import type { SavedPlan } from './saved-plan.js'
import { toolVersion } from './tool-version.js'

/** What a plan was computed from, beside its records. */
export interface PlanGround {
  readonly definitions: Definitions
  readonly lastRun: number | null
}

/** Reads what a plan rests on. */
export async function planGround({ definitions, target }: Frame): Promise<PlanGround> {
  const [last] = await target.ledger.runs({ limit: 1 })
  return { definitions: await definitions(), lastRun: last?.id ?? null }
}

/** Saves a plan that came to its end; answers its report, with an error when the file could not be written. */
export async function savePlan(
  report: RunReport,
  { out, only, policies, cwd }: PlanOptions & { out: string },
  { definitions, lastRun }: PlanGround,
  decisions: Decisions & { readonly salt: string },
): Promise<RunReport> {
  const plan: SavedPlan = {
    toolVersion: toolVersion(),
    createdAt: report.startedAt,
    salt: decisions.salt,
    target: { dialect: report.target.dialect, database: report.target.database },
    only: only ?? [],
    policies: policies ?? {},
    scope: definitions.scope,
    files: definitions.files,
    lastRun,
    pipelines: report.pipelines.map(({ name, source, outcomes }) => {
      const { digest, given, records } = decisions.decidedOf(name)
      const sources = source.files.map(({ path, sha256 }) => ({ path, sha256 }))
      return { name, sources, outcomes, digest, given, records: records === null ? null : [...records] }
    }),
  }
  try {
    await writePlanFile(cwd ?? process.cwd(), out, plan)
    return { ...report, savedPlan: out }
  } catch (error) {
    if (!(error instanceof CarryoverError)) throw error
    return { ...report, status: 'failed', exitCode: 1, errors: [...report.errors, reportError(error).error] }
  }
}

import type { CollectionProfile } from '../inspect/collection/collection-profile.js'
import type { DefinitionProblem } from '../pipeline/problem.js'
import type { MigrationState } from '../target/migration.js'
import type { PipelineState, RejectRow, RunRow } from '../target/ledger.js'

/** Something `check` found. */
export type Problem = DefinitionProblem

/** A pipeline's definition as data. */
export interface PrintedPipeline {
  name: string
  file: string
  target: string
  source: unknown
  key: unknown
  match: unknown
  policies: unknown
  limits: unknown
  columns: Record<string, unknown>
  /** Names of the pipelines it refers to. */
  needs: string[]
  /** Records of the sample that were read and mapped, and how many would be rejected before the database is asked. */
  sample: { records: number; rejected: number }
}

interface CommandReport {
  schemaVersion: 1
  status: 'ok' | 'failed' | 'locked'
  exitCode: number
  errors: { code: string; message: string; hint?: string }[]
}

/** What `check` answers: every problem, and the definitions in the order they would run. */
export interface CheckReport extends CommandReport {
  command: 'check'
  pipelines: PrintedPipeline[]
  problems: Problem[]
}

/** What `status` answers. */
export interface StatusReport extends CommandReport {
  command: 'status'
  target: { dialect: 'postgres' | 'sqlite'; version: string; database: string } | null
  /** False when carryover never ran on this database. */
  ledger: boolean
  lastRun: RunRow | null
  pipelines: PipelineState[]
}

/** What `rejects` answers. */
export interface RejectsReport extends CommandReport {
  command: 'rejects'
  rejects: RejectRow[]
}

/** What `migrate` answers. */
export interface MigrateReport extends CommandReport {
  command: 'migrate'
  target: { dialect: 'postgres' | 'sqlite'; version: string; database: string } | null
  /** What was applied by this call. */
  applied: string[]
  /** How the database stood before. */
  state: MigrationState | null
}

/** What `inspect` answers. */
export interface InspectReport extends CommandReport {
  command: 'inspect'
  collections: CollectionProfile[]
  /** The files that a scaffold wrote, and what it could not do. */
  scaffold: { files: string[]; notes: string[] } | null
}

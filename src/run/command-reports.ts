import type { CollectionProfile } from '../inspect/collection/collection-profile.js'
import type { DefinitionProblem } from '../pipeline/problem.js'
import type { MigrationState } from '../target/migration.js'
import type { EnumReport, RejectGroup } from './run-report.js'
import type { PipelineState, RejectRow, RunRow } from '../target/ledger.js'
import type { LeftAlone } from './left-alone.js'
import type { UndoneRows } from './undoing.js'

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
  /** Left out when there are none. */
  children?: PrintedChild[]
  /** Names of the pipelines it refers to. */
  needs: string[]
}

/** A child's definition as JSON. */
export interface PrintedChild {
  name: string
  /** The field it reads, null for the record itself. */
  each: string | null
  target: string
  key: unknown
  match: unknown
  columns: Record<string, unknown>
  children?: PrintedChild[]
}

/** A pipeline's definition, and what its whole source comes to before the database is asked. */
export interface CheckedPipeline extends PrintedPipeline {
  records: number
  skipped: number
  rejected: number
  rejects: RejectGroup[]
  enums: EnumReport[]
}

interface CommandReport {
  schemaVersion: 1
  status: 'ok' | 'failed' | 'locked' | 'stale'
  exitCode: number
  errors: { code: string; message: string; hint?: string }[]
}

/** What `check` answers: every problem, and the definitions in the order they would run. */
export interface CheckReport extends Omit<CommandReport, 'status'> {
  command: 'check'
  /** `rejects`: more records would be rejected than a pipeline admits. */
  status: 'ok' | 'rejects' | 'failed' | 'locked' | 'stale'
  pipelines: CheckedPipeline[]
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

/** What `undo` answers. */
export interface UndoReport extends CommandReport {
  command: 'undo'
  /** The ledger's number of the undo itself; null for a dry run. */
  runId: number | null
  /** The runs that were taken back, the last one first. */
  undoes: number[]
  dryRun: boolean
  target: { dialect: 'postgres' | 'sqlite'; version: string; database: string } | null
  rows: UndoneRows
  /** What stays as it is, and why. */
  left: LeftAlone[]
}

/** A run as `runs` tells it. */
export interface ListedRun extends Omit<RunRow, 'summary'> {
  /** What came of it; null for a run that did not end. */
  summary: Record<string, unknown> | null
}

/** What `runs` answers. */
export interface RunsReport extends CommandReport {
  command: 'runs'
  target: { dialect: 'postgres' | 'sqlite'; version: string; database: string } | null
  /** The last one first. */
  runs: ListedRun[]
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

import type { CollectionProfile } from '../inspect/collection/collection-profile.js'
import type { Finding } from '../doctor/diagnose.js'
import type { Drift } from '../doctor/drift/find-drift.js'
import type { DefinitionProblem } from '../pipeline/problem.js'
import type { MigrationState } from '../target/migration.js'
import type { EnumReport, RejectGroup, RunReport } from './run-report.js'
import type { LeftAlone } from './left-alone.js'
import type { UndoneRows } from './undoing.js'
import type { Lease } from '../target/lease.js'
import type { PipelineState, RunRow } from '../target/ledger.js'
import type { SequenceFacts, SequenceState } from '../target/sequence-facts.js'
import type { SequenceMove } from '../target/target.js'

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
  /** Where it may run; left out when that is everywhere. */
  environments?: string[]
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

interface DatabaseReport extends CommandReport {
  /** Null when it could not be opened. */
  target: RunReport['target'] | null
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
export interface StatusReport extends DatabaseReport {
  command: 'status'
  /** False when carryover never ran on this database. */
  ledger: boolean
  lastRun: RunRow | null
  /** Who runs now, or left a lease behind. */
  lease: LeaseReport | null
  pipelines: PipelineState[]
}

/** Who has the lease of a run. */
export interface LeaseReport extends Omit<Lease, 'token'> {
  /** True while the lock is held; false when the lease was left by a run that died. */
  held: boolean
}

/** What `unlock` answers. */
export interface UnlockReport extends DatabaseReport {
  command: 'unlock'
  /** Whether somebody held the lock. */
  held: boolean
  /** The lease that was there. */
  lease: LeaseReport | null
  /** The process of the server that was ended, null when none was. */
  endedBackendPid: number | null
  /** The runs that are marked as interrupted now. */
  interruptedRuns: number[]
}

/** A reject as `rejects` tells it. */
export interface ToldReject {
  runId: number
  pipeline: string
  legacyKey: string | null
  at: string
  code: string
  column: string | null
  message: string
  /** `exact`: it can be replayed and exported; `partial`: something was left out or changed; `none`: it was not kept. */
  copy: 'exact' | 'partial' | 'none'
  /** JSON text of the legacy record and of what surrounds it; null unless values are shown, or when it was not kept. */
  record: string | null
  surroundings: string | null
}

/** Rejects of one pipeline, code and column. */
export interface ToldRejectGroup {
  pipeline: string
  code: string
  column: string | null
  count: number
  /** The first three. */
  examples: { key: string | null; at: string; message: string }[]
}

/** What `rejects` answers. */
export interface RejectsReport extends CommandReport {
  command: 'rejects'
  groups: ToldRejectGroup[]
  rejects: ToldReject[]
  /** Null when nothing was exported. `left`: rejects whose record is not in a file, because its copy is not exact. */
  exported: { files: { path: string; records: number }[]; left: number } | null
}

/** What `undo` answers. */
export interface UndoReport extends DatabaseReport {
  command: 'undo'
  /** The ledger's number of the undo itself; null for a dry run. */
  runId: number | null
  /** The runs that were taken back, the last one first. */
  undoes: number[]
  dryRun: boolean
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
export interface RunsReport extends DatabaseReport {
  command: 'runs'
  /** The last one first. */
  runs: ListedRun[]
}

/** What `migrate` answers. */
export interface MigrateReport extends DatabaseReport {
  command: 'migrate'
  /** What was applied by this call. */
  applied: string[]
  /** How the database stood before; with `offline` as if it were empty. */
  state: MigrationState | null
  /** Where the database is not what the schema declares; null when that was not looked at. */
  drift: Drift[] | null
}

/** A sequence as `sequences` tells it. Numbers are text: they may pass 2^53. */
export interface ListedSequence extends Pick<
  SequenceFacts,
  'table' | 'column' | 'sequence' | 'kind' | 'max' | 'last' | 'next'
> {
  /** The gravest thing that can be said of it. */
  state: SequenceState
}

/** What `sequences` answers. */
export interface SequencesReport extends DatabaseReport {
  command: 'sequences'
  /** By table and column; as they are in the end. */
  sequences: ListedSequence[]
  /** Those that were advanced, with the greatest number of their column and the one that the next row gets. */
  moved: (SequenceMove & { max: string; next: string })[]
}

/** What `doctor` answers. */
export interface DoctorReport extends DatabaseReport {
  command: 'doctor'
  /** The codes of the checks that were made. */
  checks: string[]
  /** What they were made on; `declared` counts tables of schema files and pipelines. Null where the audit did not get that far. */
  examined: { tables: number; declared: number; pipelines: number } | null
  /** The gravest first; without those that the baseline accepts. */
  findings: Finding[]
  /** How many findings the baseline accepts. */
  accepted: number
  totals: { errors: number; warnings: number; infos: number }
}

/** What `inspect` answers. */
export interface InspectReport extends CommandReport {
  command: 'inspect'
  collections: CollectionProfile[]
  /** The files that a scaffold wrote, and what it could not do. */
  scaffold: { files: string[]; notes: string[] } | null
}

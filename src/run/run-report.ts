import type { RejectCode } from '../record/reject.js'
import type { PipelineProfile, RunProfile } from './profiler.js'

/** Counts of records by what became of them. */
export interface Outcomes {
  inserted: number
  updated: number
  unchanged: number
  kept: number
  duplicate: number
  skipped: number
  rejected: number
  removed: number
}

/** What a warning is about; a closed list. */
export type WarningCode =
  | 'child_kept'
  | 'enum_alias'
  | 'enum_fallback'
  | 'enum_normalized'
  | 'kept'
  | 'key_unused'
  | 'missing_reference'
  | 'not_applied'
  | 'overwritten'
  | 'removal_kept'
  | 'removal_unsure'
  | 'replay_key_taken'
  | 'replay_not_kept'
  | 'rewritten'
  | 'rolled_back'
  | 'row_deleted'
  | 'row_edited'
  | 'source_empty'
  | 'stub'

/** Something that went well enough to go on and should be looked at. */
export interface Warning {
  code: WarningCode
  count: number
  column?: string
  /** Legacy enum values, or names of keys or children, at most 20; never other row values. */
  values?: string[]
  /** Of enum values, how often each of `values` occurred: those that occurred most are named, the most frequent first. */
  counts?: number[]
}

/** The distinct legacy values of a column made by an enum, and where each led. */
export interface EnumReport {
  column: string
  /** The enum's name. */
  enum: string
  /**
   * The most frequent first, then by their text; at most 1,000. Counted in every record that was mapped, whatever became of it;
   * of a list each of its values.
   * Of a sensitive column a line for each `via`, its values hidden.
   */
  values: {
    /** As text; null for null and an absent field. Past 200 characters it is cut. */
    legacy: string | null
    count: number
    via: 'exact' | 'normalized' | 'alias' | 'fallback' | 'unknown' | 'missing'
    /** Null where it is unknown, which rejects the record, or missing. */
    value: string | null
    hidden?: true
  }[]
  /** What is not listed: distinct values (past 10,000 of them, at least so many) and the records that have them. */
  more?: { values: number; records: number }
}

/** Rejects of one code and column, with examples. */
export interface RejectGroup {
  code: RejectCode
  column?: string
  count: number
  /** The first three. */
  examples: { key: string | null; at: string; message: string }[]
}

/** One thing that was counted twice, in two ways. */
export interface VerificationCheck {
  /** `outcomes`, `rows`, `values`, `references`, `sequences` */
  name: string
  expected: number
  actual: number
  ok: boolean
}

/** A change that a plan foresees; `columns` holds canonical text, null for null, and is empty for a row that is deleted. */
export interface PlannedChange {
  key: string
  at: string
  action: 'insert' | 'update' | 'delete'
  columns: { column: string; from: string | null; to: string | null; hidden?: true }[]
}

/** What became of one pipeline. */
export interface PipelineReport {
  name: string
  source: {
    files: { path: string; bytes: number; sha256: string }[]
    records: number
    /** Runs only: how many of them were not mapped, because nothing has changed about them since they were settled. */
    untouched?: number
  }
  outcomes: Outcomes
  /** Rows of the target that were written, children included. */
  rows: { inserted: number; updated: number; deleted: number }
  warnings: Warning[]
  rejects: RejectGroup[]
  verification: { ok: boolean; checks: VerificationCheck[] }
  durationMs: number
  recordsPerSecond: number
  /** Where its time went, where that was asked for. */
  profile?: PipelineProfile
  /** Plans only: the first changes of the pipeline (50 unless told otherwise). */
  changes?: PlannedChange[]
  /** Plans and runs: what each column made by an enum was made from. */
  enums?: EnumReport[]
}

/** What `run`, `plan` and `verify` answer, and what `--json` prints. */
export interface RunReport {
  schemaVersion: 1
  command: 'run' | 'plan' | 'verify'
  /** The ledger's number of the run; null for a plan or a verification. */
  runId: number | null
  status: 'ok' | 'rejects' | 'failed' | 'locked' | 'stale'
  exitCode: number
  dryRun: boolean
  target: { dialect: 'postgres' | 'sqlite'; version: string; database: string }
  startedAt: string
  finishedAt: string
  durationMs: number
  pipelines: PipelineReport[]
  totals: Outcomes
  sequences: { table: string; column: string; from: string | null; to: string }[]
  errors: { code: string; message: string; hint?: string }[]
  /** Where its time went, where that was asked for. */
  profile?: RunProfile
  /** Plans only: the file that the plan was saved to. */
  savedPlan?: string
}

import type { ParsedPolicies } from '../pipeline/policies.js'
import type { StandardInput } from '../source/file/spool.js'
import type { Lease } from '../target/lease.js'

/** Options that every function of the library takes. What is left out comes from the configuration, then a default. */
export interface CommonOptions {
  /** Folder that relative paths start from. Default: the process's. */
  cwd?: string
  /** Environment variables. Default: the process's. */
  env?: Readonly<Record<string, string | undefined>>
  /** Configuration file. Default: `carryover.config.ts` (or .js, .mjs) in `cwd`, if there is one. */
  config?: string
  /** Database URL: `postgres://…`, `sqlite:path`, `sqlite::memory:`. */
  database?: string
  /** Certificates of who may have signed that of the Postgres server: a file in PEM form, or `system`. */
  sslCa?: string
  /** Globs of pipeline files. Default: `pipelines/*.ts`. */
  pipelines?: string | readonly string[]
  /** Names of pipelines; those they refer to come along. Default: all. */
  only?: readonly string[]
  signal?: AbortSignal
  /** Show sensitive columns in a plan, and the records of rejects. */
  showValues?: boolean
}

/** How far a run is. */
export interface Progress {
  pipeline: string
  /** 1-based. */
  index: number
  count: number
  records: number
  /** 0–1, undefined when the size of the source is not known. */
  fraction: number | undefined
  recordsPerSecond: number
  /** Milliseconds, undefined when it cannot be told. */
  remainingMs: number | undefined
  rejected: number
}

/** A wait for another run. */
export interface Waiting {
  /** Who runs; null when that is not known. */
  lease: Lease | null
  /** The longest this wait may take. */
  waitMs: number
}

/** Options of `run`, `plan` and `verify`. */
export interface RunOptions extends CommonOptions {
  /** Records per batch. */
  batch?: number
  /** How many connections to the database may work at the same time. Default 2; on SQLite there is one. */
  parallel?: number
  policies?: Partial<ParsedPolicies>
  /** How long to wait for another run to end. Default 0: leave at once. */
  waitMs?: number
  /** Map every record, also those that are what they were when they were settled. */
  full?: boolean
  /** Let definitions run (or be planned without a word) that are older than those of the last run. */
  allowOlder?: boolean
  /** Told once when there is a wait. */
  onWait?: (waiting: Waiting) => void
  /** The longest a statement waits for somebody else's lock. */
  lockTimeoutMs?: number
  /** The longest a statement may take; 0 for no limit. */
  statementTimeoutMs?: number
  /** The longest the whole run may take; undefined for no limit. */
  timeoutMs?: number
  /** Replay the rejects that are open, from the ledger, instead of reading the sources. For `run` and `plan`. */
  rejects?: boolean
  /** False: the ledger keeps no copy of the records that are rejected, and no message that quotes one. Default true. */
  storeValues?: boolean
  /** Tell where the time went, by stage: `profile` in the report and in each of its pipelines. */
  profile?: boolean
  onProgress?: (progress: Progress) => void
  /** What sources named `-` are read from. Default: nothing; the command line hands over its own. */
  stdin?: StandardInput
}

/** Options of `run`. */
export interface ApplyOptions extends RunOptions {
  /** A plan that `plan` has saved (`out`): it is applied as long as nothing it was computed from has changed. */
  plan?: string
}

/** Options of `check`. */
export type CheckOptions = CommonOptions & Pick<RunOptions, 'onProgress'>

/** Options of `plan`. */
export interface PlanOptions extends RunOptions {
  /** Execute in a transaction that is rolled back, so that triggers and constraints speak too. */
  rehearse?: boolean
  /** How many changes per pipeline the report shows. Default 50. */
  changes?: number
  /** File that the plan is saved to, for `run` to apply it. */
  out?: string
}

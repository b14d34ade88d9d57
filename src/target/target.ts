import type { Table } from 'drizzle-orm'
import type { Batch } from './batch.js'
import type { Lessee, LockState } from './lease.js'
import type { Ledger } from './ledger.js'
import type { MigrationFiles, MigrationState } from './migration.js'
import type { SequenceFacts } from './sequence-facts.js'
import type { Audit } from './survey.js'
import type { TargetTable } from './table.js'
import type { LockRequest } from './take-lock.js'

/** What a target is, for reports. */
export interface TargetInfo {
  readonly dialect: 'postgres' | 'sqlite'
  readonly version: string
  /** The database's name, or the file's path. */
  readonly database: string
}

/** A sequence that was advanced. */
export interface SequenceMove {
  readonly table: string
  readonly column: string
  readonly from: string | null
  readonly to: string
}

/** What of the ledger's entries of a pipeline is found in the target. */
export interface EntryCounts {
  /** Entries that must have a row. */
  readonly entries: number
  /** Those that have one. */
  readonly rows: number
}

/** The database that legacy data moves into: one adapter per engine. */
export interface Target {
  readonly info: TargetInfo
  /** How many records a batch has when nobody says. */
  readonly batchRecords: number
  readonly ledger: Ledger
  readonly audit: Audit
  /**
   * The live catalogue's word on a drizzle table.
   * @throws TargetError `target.no_table` when it is not there, `target.no_row_key` when nothing names a row
   */
  readTable(table: Table): Promise<TargetTable>
  /**
   * The same of a table that the ledger names, without the schema file: on SQLite the types are those that it stores.
   * @throws TargetError `target.no_table`, `target.no_row_key`
   */
  tableNamed(name: string): Promise<TargetTable>
  /** Runs `work` in one transaction; what it throws rolls all of it back. Batches do not nest. */
  inBatch<Result>(work: (batch: Batch) => Promise<Result>): Promise<Result>
  /** How many questions may be asked beside a batch at the same time; 0 where there is no way to. */
  asides(): number
  /** Asks what no batch of this run changes, on a connection beside that of the batches. Nothing is tried a second time. */
  aside<Result>(work: (batch: Pick<Batch, 'untouched'>) => Promise<Result>): Promise<Result>
  /**
   * Runs `work` in one transaction, in which every batch is a savepoint; what it throws rolls all of it back. Does not nest.
   * What must outlive a roll-back (the ledger's row of the run, the moves of sequences) is written before it or after it.
   * @throws TargetError `run.atomic_lost` when the transaction is lost on the way: it cannot be resumed
   */
  atomically<Result>(work: () => Promise<Result>): Promise<Result>
  /** Counts the ledger's entries of a pipeline and their rows; with `runId` only those that this run wrote. */
  countEntries(pipeline: string, table: TargetTable, runId?: number): Promise<EntryCounts>
  /** Rows of a pipeline whose `column` points at no row of `parent`. */
  countDangling(pipeline: string, table: TargetTable, column: string, parent: TargetTable): Promise<number>
  /** The sequences of a table as they are. */
  sequences(table: TargetTable): Promise<SequenceFacts[]>
  /** Advances the sequences of a table that are behind their column, under a lock, never backwards. */
  advanceSequences(table: TargetTable): Promise<SequenceMove[]>
  /**
   * Advances a sequence that is behind its column, under a lock, never backwards; null when it is not behind any more.
   * @throws TargetError `database.permission`, `sequence.exhausted`
   */
  advanceSequence(facts: SequenceFacts): Promise<SequenceMove | null>
  /**
   * Runs `work` as the only run on this database.
   * @throws LockedError `run.locked` when another run holds the lock for longer than the request waits
   */
  withRunLock<Result>(request: LockRequest, work: () => Promise<Result>): Promise<Result>
  /**
   * Under the lock: runs `work` while the ledger's lease says who runs; without a ledger nobody says so. Runs that died are
   * marked as interrupted, their lease is taken over. From then on nothing is committed under a lease that is not ours any
   * more: that ends in a LockedError `run.lock_lost`.
   * @param work is given what notes the number of the run in the lease
   */
  withLease<Result>(
    lessee: Lessee,
    work: (note: (runId: number) => Promise<void>) => Promise<Result>,
  ): Promise<Result>
  /** Under the lock: removes what a run that died has left; answers the runs that are marked as interrupted. */
  clearLease(): Promise<number[]>
  /** Who holds the lock, and what the lease says. Writes nothing. */
  lockState(): Promise<LockState>
  /**
   * Ends the server's process that holds the lock, removes its lease, marks its run as interrupted; answers the run.
   * @throws LockedError `run.locked` when it does not go, or when the engine has no such process
   */
  breakLock(state: LockState): Promise<number[]>
  /** What of the schema is there and what is missing. Writes nothing. */
  migrationState(files: MigrationFiles): Promise<MigrationState>
  /**
   * Applies what is pending, each migration in a transaction of its own; answers the names.
   * @param noteApplied told of each as soon as it is committed: what is applied stays when a later one fails
   * @throws TargetError `migrate.failed`
   */
  applyMigrations(files: MigrationFiles, noteApplied?: (name: string) => void): Promise<string[]>
  close(): Promise<void>
}

/** TLS with a Postgres server, in libpq's words; each is the path of a file, but for `mode`. */
export interface TlsOptions {
  /** Certificates of who may have signed the server's, whatever the URL says. */
  readonly ca?: string | undefined
  /** `sslmode` of a URL that has none. */
  readonly mode?: string | undefined
  /** `sslrootcert` of a URL that has none. */
  readonly rootCert?: string | undefined
  /** `sslcert` of a URL that has none. */
  readonly cert?: string | undefined
  /** `sslkey` of a URL that has none. */
  readonly key?: string | undefined
}

/** How a target is used. */
export interface TargetOptions {
  /** The longest a statement waits for a lock of somebody else. */
  lockTimeoutMs: number
  /** The longest a statement may take; 0 for no limit. */
  statementTimeoutMs: number
  /** Everything happens in one transaction that is rolled back at the end. */
  rehearsal: boolean
  /** Nothing may be written: a SQLite file must exist already, Postgres transactions are read-only. */
  readOnly: boolean
}

/** How the way to a target is opened, and kept open. */
export interface OpenOptions extends TargetOptions {
  /** The longest that opening a connection may take. */
  connectTimeoutMs: number
  /** How long what passes by itself is tried again: a lost connection, a deadlock, a lock that somebody holds. */
  retryMs: number
  /** How many connections may be open for the work at the same time. */
  connections: number
  /** What the database URL does not say of TLS. */
  tls: TlsOptions
  /** The ledger is not asked for: an audit needs no right to it. */
  withoutLedger?: boolean
  /** Ends what waits for the database. */
  signal?: AbortSignal | undefined
}

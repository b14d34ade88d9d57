import type { Table } from 'drizzle-orm'
import type { Batch } from './batch.js'
import type { Ledger } from './ledger.js'
import type { MigrationFiles, MigrationState } from './migration.js'
import type { TargetTable } from './table.js'

/** What a target is, for reports. */
export interface TargetInfo {
  readonly dialect: 'postgres' | 'sqlite'
  readonly version: string
  /** The database's name, or the file's path. */
  readonly database: string
}

/** A sequence and the column it serves. Numbers are text: they may pass 2^53. */
export interface SequenceState {
  readonly table: string
  readonly column: string
  /** The last number handed out, null when none was. */
  readonly last: string | null
  /** The greatest number in the column, null when the table is empty. */
  readonly max: string | null
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
  /** Counts the ledger's entries of a pipeline and their rows; with `runId` only those that this run wrote. */
  countEntries(pipeline: string, table: TargetTable, runId?: number): Promise<EntryCounts>
  /** Rows of a pipeline whose `column` points at no row of `parent`. */
  countDangling(pipeline: string, table: TargetTable, column: string, parent: TargetTable): Promise<number>
  /** The sequences of a table as they are. */
  sequences(table: TargetTable): Promise<SequenceState[]>
  /** Advances the sequences of a table that are behind their column, under a lock, never backwards. */
  advanceSequences(table: TargetTable): Promise<SequenceMove[]>
  /**
   * Runs `work` as the only run on this database.
   * @throws LockedError `run.locked` when another run holds the lock for longer than `waitMs`
   */
  withRunLock<Result>(waitMs: number, work: () => Promise<Result>): Promise<Result>
  /** What of the schema is there and what is missing. Writes nothing. */
  migrationState(files: MigrationFiles): Promise<MigrationState>
  /** Applies what is pending, each migration in a transaction of its own; answers the names. */
  applyMigrations(files: MigrationFiles): Promise<string[]>
  close(): Promise<void>
}

/** How a target is opened. */
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

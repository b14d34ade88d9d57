import type { OpenOptions, Target, TargetOptions } from '../../src/target/target.js'

/** A database with the tables of `tables.ts`, all empty, and no ledger. */
export interface TestDatabase {
  openTarget(options?: Partial<TargetOptions>): Promise<Target>
  /** Runs a statement that both engines understand, as another program would. */
  execute(sql: string): Promise<void>
  /** The one number that a statement answers. */
  count(sql: string): Promise<number>
  drop(): Promise<void>
}

/** A kind of database that the contract holds for. */
export interface Engine {
  readonly name: string
  createDatabase(): Promise<TestDatabase>
}

/** What a Target is opened with when a rule does not care. */
export const defaultOptions: OpenOptions = {
  lockTimeoutMs: 2_000,
  statementTimeoutMs: 0,
  connectTimeoutMs: 15_000,
  connections: 2,
  retryMs: 60_000,
  tls: {},
  rehearsal: false,
  readOnly: false,
}

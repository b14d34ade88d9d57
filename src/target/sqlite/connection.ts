import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { TargetError } from '../../errors.js'
import type { TargetOptions } from '../target.js'
import type { Stored } from './stored-value.js'
import { translateError } from './translate-error.js'

/** A row as an array, in the order of what was selected; integers are bigints, so that none is rounded. */
export type Row = readonly unknown[]

/** One open database file. Statements with the same text are prepared once. */
export interface Connection {
  readonly path: string
  readonly isMemory: boolean
  all(sql: string, params?: readonly Stored[]): Row[]
  get(sql: string, params?: readonly Stored[]): Row | undefined
  /** Answers how many rows were changed. */
  run(sql: string, params?: readonly Stored[]): number
  /** Several statements without parameters. */
  exec(sql: string): void
  /** A prepared statement, for loops. */
  reader(sql: string): (params: readonly Stored[]) => Row | undefined
  writer(sql: string): (params: readonly Stored[]) => number
  readonly inTransaction: boolean
  close(): void
}

/** Updates of other columns are other statements: past this many, all are forgotten. */
const STATEMENTS_KEPT = 500

/**
 * Opens a file, or a database that lives in memory as long as the connection.
 * @throws TargetError `database.no_file`, `database.cannot_open`, `database.not_a_database`, `database.readonly`, `database.busy`
 */
export function openConnection(path: string, options: TargetOptions): Connection {
  const isMemory = path === ':memory:'
  const database = open(path, options, isMemory)
  const readers = new Map<string, Database.Statement<Stored[], Row>>()
  const writers = new Map<string, Database.Statement<Stored[]>>()

  const reader = (sql: string) => remembered(readers, sql, () => database.prepare<Stored[], Row>(sql).raw())
  const writer = (sql: string) => remembered(writers, sql, () => database.prepare<Stored[]>(sql))
  return {
    path,
    isMemory,
    all: (sql, params = []) => reader(sql).all(...params),
    get: (sql, params = []) => reader(sql).get(...params),
    run: (sql, params = []) => writer(sql).run(...params).changes,
    exec: (sql) => void database.exec(sql),
    reader: (sql) => {
      const statement = reader(sql)
      return (params) => statement.get(...params)
    },
    writer: (sql) => {
      const statement = writer(sql)
      return (params) => statement.run(...params).changes
    },
    get inTransaction() {
      return database.inTransaction
    },
    close: () => void database.close(),
  }
}

function open(path: string, options: TargetOptions, isMemory: boolean): Database.Database {
  const mayCreate = !options.readOnly && !options.rehearsal
  if (!mayCreate && !isMemory && !existsSync(path)) throw noFile(path)
  try {
    const database = new Database(path, {
      timeout: options.lockTimeoutMs,
      fileMustExist: !mayCreate && !isMemory,
    })
    try {
      prepare(database, options)
      return database
    } catch (error) {
      database.close()
      throw error
    }
  } catch (error) {
    throw translateError(error, path)
  }
}

function prepare(database: Database.Database, { readOnly, rehearsal }: TargetOptions): void {
  // The journal's mode is kept in the file: a plan and a rehearsal take it as it is.
  if (!readOnly && !rehearsal && database.pragma('journal_mode', { simple: true }) === 'delete') {
    database.pragma('journal_mode = wal')
  }
  // In WAL mode: what was committed survives the end of the process, however it ends.
  database.pragma('synchronous = normal')
  database.pragma('foreign_keys = on')
  // In pages. Keys at random change the same pages batch after batch: 64 MB of journal write them to the file once.
  database.pragma('wal_autocheckpoint = 16384')
  // Negative: in KiB.
  database.pragma('cache_size = -65536')
  database.pragma('temp_store = memory')
  if (readOnly) database.pragma('query_only = on')
  database.defaultSafeIntegers(true)
}

function noFile(path: string): TargetError {
  return new TargetError('database.no_file', `The database ${path} does not exist.`, {
    hint: 'Run `carryover migrate` to create it, or check the path in the database URL.',
  })
}

function remembered<Value>(values: Map<string, Value>, sql: string, make: () => Value): Value {
  const known = values.get(sql)
  if (known !== undefined) return known
  if (values.size >= STATEMENTS_KEPT) values.clear()
  const made = make()
  values.set(sql, made)
  return made
}

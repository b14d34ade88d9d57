import Database from 'better-sqlite3'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshDatabase } from '../postgres/fresh-database.js'

/** A row as a program of the user's would read it. */
export type Row = Record<string, unknown>

/** An empty database of one engine, and what another program sees in it. */
export interface SampleDatabase {
  url: string
  query(sql: string): Promise<Row[]>
  /** How a table of the ledger is called: `records`, `runs`. */
  ledger(table: string): string
  drop(): Promise<void>
}

/** The engines that the sample is imported into. */
export const engines: readonly { name: string; createDatabase(): Promise<SampleDatabase> }[] = [
  {
    name: 'SQLite',
    createDatabase: async () => {
      const directory = await mkdtemp(join(tmpdir(), 'carryover-sample-'))
      const path = join(directory, 'sample.sqlite')
      return {
        url: `sqlite:${path}`,
        query: async (sql) => {
          const database = new Database(path)
          try {
            return database.prepare(sql).all() as Row[]
          } finally {
            database.close()
          }
        },
        ledger: (table) => `carryover_${table}`,
        drop: () => rm(directory, { recursive: true }),
      }
    },
  },
  {
    name: 'Postgres',
    createDatabase: async () => ({ ...(await freshDatabase()), ledger: (table) => `carryover.${table}` }),
  },
]

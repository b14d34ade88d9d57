import Database from 'better-sqlite3'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { askServer } from '../../postgres/ask-server.js'
import type { Row } from '../ground.js'

/** A database that can be taken back to how it was, quickly and often. */
export interface CrashDatabase {
  readonly engine: 'sqlite' | 'postgres'
  readonly url: string
  query(sql: string): Promise<Row[]>
  /** A table of the ledger. */
  ledger(table: string): string
  /** Says that it is to be taken back to how it is now. */
  keep(): Promise<void>
  /** Takes it back; whoever is connected loses the connection. */
  restore(): Promise<void>
  drop(): Promise<void>
}

/** A file of the project. */
export function sqliteDatabase(dir: string): CrashDatabase {
  const path = join(dir, 'target.sqlite')
  const kept = join(dir, 'kept.sqlite')
  return {
    engine: 'sqlite',
    url: `sqlite:${path}`,
    ledger: (table) => `carryover_${table}`,
    query: async (sql) => {
      const database = new Database(path, { timeout: 30_000 })
      try {
        const statement = database.prepare(sql)
        return statement.reader ? (statement.all() as Row[]) : (statement.run(), [])
      } finally {
        database.close()
      }
    },
    keep: async () => {
      const database = new Database(path)
      database.pragma('wal_checkpoint(truncate)')
      database.close()
      await copyFile(path, kept)
    },
    restore: async () => {
      for (const end of ['', '-wal', '-shm', '-journal']) await rm(path + end, { force: true })
      await copyFile(kept, path)
    },
    drop: async () => {},
  }
}

/** A database on the server of that URL; `name` is taken for it, and `name` with an ending for what is kept. */
export async function postgresDatabase(
  server: string,
  name: string,
  tablespace = 'pg_default',
): Promise<CrashDatabase> {
  const url = Object.assign(new URL(server), { pathname: name }).href
  const onServer = async (...statements: string[]) => {
    for (const statement of statements) await askServer(server, statement)
  }
  await onServer(`create database ${name} tablespace ${tablespace}`)
  const copy = async (from: string, to: string) =>
    onServer(`drop database if exists ${to} with (force)`, `create database ${to} template ${from}`)
  return {
    engine: 'postgres',
    url,
    ledger: (table) => `carryover.${table}`,
    query: (sql) => askServer(url, sql),
    keep: async () => {
      await askServer(url, 'analyze') // As the server does by itself, some time between two imports.
      await copy(name, `${name}_kept`)
    },
    restore: () => copy(`${name}_kept`, name),
    drop: () =>
      onServer(
        `drop database if exists ${name} with (force)`,
        `drop database if exists ${name}_kept with (force)`,
      ),
  }
}

import Database from 'better-sqlite3'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '../../src/target/sqlite/open-sqlite.js'
import { defaultOptions, type Engine } from './engine.js'
import { tables } from './tables.js'

/** A file in a directory of its own, with the twins of the tables. */
export const sqlite: Engine = {
  name: 'sqlite',
  createDatabase: async () => {
    const directory = await mkdtemp(join(tmpdir(), 'carryover-contract-'))
    const path = join(directory, 'target.sqlite')
    const setup = await openSqlite(path, defaultOptions)
    await setup.applyMigrations({ folder: undefined, tables })
    await setup.close()
    const other = new Database(path)
    return {
      openTarget: (options) => openSqlite(path, { ...defaultOptions, ...options }),
      execute: async (sql) => void other.exec(sql),
      count: async (sql) => Number(other.prepare(sql).pluck().get()),
      drop: async () => {
        other.close()
        await rm(directory, { recursive: true })
      },
    }
  },
}

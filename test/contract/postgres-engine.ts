import { readFile } from 'node:fs/promises'
import { openPostgres } from '../../src/target/postgres/open-postgres.js'
import { freshDatabase } from '../postgres/fresh-database.js'
import type { PostgresMajor } from '../postgres/majors.js'
import { defaultOptions, type Engine } from './engine.js'

/** A database of its own on the server of a major, with the tables of `tables.sql`. */
export function postgres(major: PostgresMajor): Engine {
  return {
    name: `postgres ${major}`,
    createDatabase: async () => {
      const database = await freshDatabase(major)
      await database.query(await readFile(new URL('tables.sql', import.meta.url), 'utf8'))
      return {
        openTarget: (options) => openPostgres(database.url, { ...defaultOptions, ...options }),
        execute: async (sql) => void (await database.query(sql)),
        count: async (sql) => Number(Object.values((await database.query(sql))[0] ?? {})[0]),
        drop: () => database.drop(),
      }
    },
  }
}

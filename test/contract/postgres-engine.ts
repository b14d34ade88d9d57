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
      const sql = await readFile(new URL('tables.sql', import.meta.url), 'utf8')
      await database.query(major < 15 ? withoutEqualNulls(sql) : sql)
      return {
        equalNulls: major >= 15,
        openTarget: (options) => openPostgres(database.url, { ...defaultOptions, ...options }),
        execute: async (statement) => void (await database.query(statement)),
        count: async (statement) => Number(Object.values((await database.query(statement))[0] ?? {})[0]),
        drop: () => database.drop(),
      }
    },
  }
}

/** The tables as somebody writes them for a Postgres that has no `nulls not distinct` yet. */
function withoutEqualNulls(sql: string): string {
  return sql
    .replace(/^.*unique nulls not distinct.*\n/m, '')
    .concat(`create unique index users_badge on users (coalesce(badge_series, ''), coalesce(badge_no, -1));`)
}

import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import pg from 'pg'
import { runProcess, type Measured } from './run-process.js'
import type { Samples } from './samples.js'

/** Where carryover and its opponents are measured. */
export interface Ground {
  readonly samples: Samples
  readonly records: number
  /** The project with its data. */
  readonly folder: string
  /** An empty database with the tables of the project; its URL. */
  freshPostgres(schema?: string): Promise<string>
  /** The same as a file; its path. */
  freshSqlite(): Promise<string>
  /** Puts a file of members in its place, as an export does that overwrites the last one. */
  place(path: string): Promise<void>
  /** Runs the import, as a process of its own. */
  carryover(url: string, options?: { codes?: readonly number[]; args?: readonly string[] }): Promise<Measured>
  /** Runs one of the opponents that are programs of Node. */
  opponent(name: string, ...args: string[]): Promise<Measured>
  /** Runs statements in one session of psql. */
  psql(url: string, ...statements: string[]): Promise<Measured>
  /** @throws Error when the members of a database are not so many: what has not done the work is not compared */
  expectMembers(url: string, count: number): Promise<void>
}

/** Databases of all grounds: each has a name of its own. */
let databases = 0

const root = fileURLToPath(new URL('../..', import.meta.url))

/** @param serverUrl a server on which databases may be made */
export function layGround(
  serverUrl: string,
  { samples, records, folder }: Pick<Ground, 'samples' | 'records' | 'folder'>,
): Ground {
  return {
    samples,
    records,
    folder,
    freshPostgres: async (schema = 'schema.sql') => {
      const name = `bench_${(databases += 1)}`
      await onServer(serverUrl, `create database ${name}`)
      const url = Object.assign(new URL(serverUrl), { pathname: name }).href
      await onServer(url, await readFile(join(folder, schema), 'utf8'))
      await onServer(url, 'checkpoint')
      return url
    },
    freshSqlite: async () => {
      const path = join(folder, `bench_${(databases += 1)}.sqlite`)
      const database = new Database(path)
      database.exec(await readFile(join(folder, 'schema.sqlite.sql'), 'utf8'))
      database.close()
      return path
    },
    place: (path) => copyFile(path, join(folder, 'data/members.json')),
    carryover: (url, { codes = [0], args = [] } = {}) =>
      runProcess(
        process.execPath,
        [join(root, 'dist/cli/main.js'), 'run', '--quiet', '--database', url, ...args],
        { cwd: folder, codes },
      ),
    opponent: (name, ...args) =>
      runProcess(process.execPath, [join(root, 'bench/opponents', `${name}.mjs`), ...args]),
    psql: (url, ...statements) =>
      runProcess('psql', [url, '-q', '-v', 'ON_ERROR_STOP=1', ...statements.flatMap((text) => ['-c', text])]),
    expectMembers: async (url, count) => {
      const found = await countMembers(url)
      if (found !== count) throw new Error(`expected ${count} members in ${url}, found ${found}`)
    },
  }
}

async function onServer(url: string, text: string): Promise<pg.QueryResult<{ count: string }>> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end()
  }
}

async function countMembers(url: string): Promise<number> {
  const sql = 'select count(*) as count from members'
  if (!url.startsWith('sqlite:')) return Number((await onServer(url, sql)).rows[0]?.count)
  const database = new Database(url.slice('sqlite:'.length), { readonly: true })
  const found = database.prepare(sql).pluck().get()
  database.close()
  return Number(found)
}

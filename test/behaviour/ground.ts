import Database from 'better-sqlite3'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe } from 'vitest'
import {
  migrate,
  plan,
  run,
  verify,
  type ApplyOptions,
  type PlanOptions,
  type RunOptions,
  type RunReport,
} from '../../src/index.js'
import { freshDatabase } from '../postgres/fresh-database.js'
import type { PostgresMajor } from '../postgres/majors.js'

/** A row as another program reads it. */
export type Row = Record<string, unknown>

/** A project with the fixture's pipelines and a database with its tables, fresh for each promise. */
export interface Ground {
  engine: 'sqlite' | 'postgres'
  url: string
  /** The project's folder. */
  dir: string
  /** Writes a source: `data/people.json` of the project. */
  source(name: string, records: unknown): Promise<void>
  /** Writes any file of the project. */
  file(path: string, text: string): Promise<void>
  /** Reads any file of the project. */
  read(path: string): Promise<string>
  /** What every function of the library is called with. */
  options: { cwd: string; database: string; env: Record<string, string> }
  /** Reads and edits the target as another program would. */
  query(sql: string): Promise<Row[]>
  /** A table of the ledger. */
  ledger(table: string): string
  run(options?: ApplyOptions): Promise<RunReport>
  plan(options?: PlanOptions): Promise<RunReport>
  verify(options?: RunOptions): Promise<RunReport>
}

const fixture = fileURLToPath(new URL('./fixture', import.meta.url))
// Inside the repository, so that the pipelines find zod and drizzle as a user's project does.
const scratch = fileURLToPath(new URL('../../.tmp', import.meta.url))

/** Declares a promise on SQLite and on Postgres. */
export function promise(title: string, rules: (ground: Ground) => void): void {
  describe.each(['sqlite', 'postgres'] as const)(`${title}, on %s`, (engine) => {
    const ground = {} as Ground
    beforeEach(async () => {
      Object.assign(ground, await layGround(engine))
      return () => rm(ground.dir, { recursive: true, force: true })
    })
    rules(ground)
  })
}

/** Batches and connections of all runs that say nothing of them: what comes of a run depends on neither. */
export const size = sizeOf(process.env)

function sizeOf({
  CARRYOVER_TEST_BATCH: batch = '',
  CARRYOVER_TEST_PARALLEL: parallel = '',
}: NodeJS.ProcessEnv) {
  return {
    ...(batch === '' ? {} : { batch: Number(batch) }),
    ...(parallel === '' ? {} : { parallel: Number(parallel) }),
  }
}

/** A project and a database of one engine. */
export async function layGround(engine: Ground['engine'], major?: PostgresMajor): Promise<Ground> {
  await mkdir(scratch, { recursive: true })
  const dir = await mkdtemp(join(scratch, 'project-'))
  await cp(fixture, dir, { recursive: true })
  await mkdir(join(dir, 'data'))
  const database = engine === 'postgres' ? await openPostgresDatabase(major) : openSqliteFile(dir)
  const options = { cwd: dir, database: database.url, env: {} }
  if (engine === 'sqlite') await migrate(options)
  const file = async (path: string, text: string) => writeFile(join(dir, path), text)
  const ground: Ground = {
    engine,
    dir,
    ...database,
    file,
    options,
    read: (path) => readFile(join(dir, path), 'utf8'),
    source: (name, records) => file(`data/${name}.json`, JSON.stringify(records)),
    run: (more) => run({ ...options, ...size, ...more }),
    plan: (more) => plan({ ...options, ...size, ...more }),
    verify: (more) => verify({ ...options, ...more }),
  }
  for (const name of ['organizations', 'people', 'tickets']) await ground.source(name, [])
  return ground
}

function openSqliteFile(dir: string): Pick<Ground, 'url' | 'query' | 'ledger'> {
  const path = join(dir, 'target.sqlite')
  return {
    url: `sqlite:${path}`,
    ledger: (table) => `carryover_${table}`,
    query: async (sql) => {
      const database = new Database(path)
      try {
        const statement = database.prepare(sql)
        return statement.reader ? (statement.all() as Row[]) : (statement.run(), [])
      } finally {
        database.close()
      }
    },
  }
}

async function openPostgresDatabase(
  major?: PostgresMajor,
): Promise<Pick<Ground, 'url' | 'query' | 'ledger'>> {
  const database = await freshDatabase(major)
  await database.query(await readFile(join(fixture, 'schema.sql'), 'utf8'))
  return { url: database.url, query: (sql) => database.query(sql), ledger: (table) => `carryover.${table}` }
}

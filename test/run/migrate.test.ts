import Database from 'better-sqlite3'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { migrate, type MigrateOptions } from '../../src/index.js'
import { freshDatabase } from '../postgres/fresh-database.js'

const scratch = fileURLToPath(new URL('../../.tmp', import.meta.url))

/** Migrations by name, each of statements that both engines understand. */
const users = { '0000_users': 'create table users (id integer primary key not null, name text)' }
const posts = {
  '0001_posts': 'create table posts (id integer)--> statement-breakpoint\ncreate table likes (id integer)',
}
const broken = {
  '0002_broken': `create table half (id integer)--> statement-breakpoint\n-- it is there\ncreate table users (\n  id integer)`,
}
const last = { '0003_last': 'create table last (id integer)' }

const schemas = {
  postgres: `import { integer, pgTable, text } from 'drizzle-orm/pg-core'
export const users = pgTable('users', { id: integer('id').primaryKey(), name: text('name') })`,
  sqlite: `import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
export const users = sqliteTable('users', { id: integer('id').primaryKey(), name: text('name') })`,
}

const pipeline = `import { definePipeline } from 'carryover'
import { z } from 'zod'
import { users } from '../schema.js'
export default definePipeline({
  name: 'users', source: { files: '../users.json' }, record: z.object({ id: z.number(), name: z.string() }),
  key: 'id', target: users, columns: { id: 'id', name: 'name' },
})`

interface Project {
  url: string
  folder(migrations: Record<string, string>): Promise<void>
  execute(sql: string): Promise<unknown>
  migrate(options?: MigrateOptions): ReturnType<typeof migrate>
}

async function project(engine: 'postgres' | 'sqlite'): Promise<Project> {
  await mkdir(scratch, { recursive: true })
  const dir = await mkdtemp(join(scratch, 'migrate-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const database = engine === 'postgres' ? await freshDatabase() : undefined
  const file = join(dir, 'target.sqlite')
  const url = database?.url ?? `sqlite:${file}`
  await writeFile(join(dir, 'schema.ts'), schemas[engine])
  await writeFile(join(dir, 'carryover.config.ts'), `export default { schema: 'schema.ts' }`)
  const pipelines = join(dir, 'pipelines')
  await mkdir(pipelines)
  await writeFile(join(pipelines, 'users.ts'), pipeline)
  return {
    url,
    folder: async (migrations) => {
      const meta = join(dir, 'drizzle/meta')
      await mkdir(meta, { recursive: true })
      const dialect = engine === 'postgres' ? 'postgresql' : 'sqlite'
      const entries = Object.keys(migrations).map((tag) => ({
        tag,
        when: Date.UTC(2026, 0, 1) + Number(tag.slice(0, 4)) * 1000,
      }))
      await writeFile(join(meta, '_journal.json'), JSON.stringify({ version: '7', dialect, entries }))
      for (const [tag, sql] of Object.entries(migrations))
        await writeFile(join(dir, `drizzle/${tag}.sql`), sql)
    },
    execute: async (sql) => {
      if (database !== undefined) return database.query(sql)
      const other = new Database(file)
      try {
        return other.exec(sql)
      } finally {
        other.close()
      }
    },
    migrate: (options) => migrate({ cwd: dir, database: url, env: {}, ...options }),
  }
}

describe.each(['postgres', 'sqlite'] as const)('migrate on %s', (engine) => {
  test('a check fails on what is pending, then on what differs, and on nothing else', async () => {
    const { folder, execute, migrate: call } = await project(engine)
    await folder(users)
    const pending = await call({ check: true })
    expect(pending).toMatchObject({ status: 'failed', exitCode: 1, errors: [], applied: [], drift: null })
    expect(pending.state?.pending).toHaveLength(1)
    expect(await call()).toMatchObject({ exitCode: 0, applied: ['0000_users'] })
    expect(await call({ check: true })).toMatchObject({ status: 'ok', exitCode: 0, drift: [] })
    await execute('alter table users drop column name')
    expect(await call({ check: true })).toMatchObject({
      status: 'stale',
      exitCode: 5,
      drift: [
        {
          code: 'drift.column_missing',
          object: 'users.name',
          message: 'The schema declares the column as text, and the table does not have it.',
        },
      ],
    })
    // Only a check looks.
    expect(await call()).toMatchObject({ exitCode: 0, drift: null })
  })

  test('an applied file that was edited fails a check', async () => {
    const { folder, migrate: call } = await project(engine)
    await folder(users)
    await call()
    await folder({ '0000_users': 'create table users (id integer primary key not null)' })
    expect(await call({ check: true })).toMatchObject({ exitCode: 1, errors: [{ code: 'migrate.changed' }] })
  })

  test('a migration that was applied and has no file is told', async () => {
    const { folder, migrate: call } = await project(engine)
    await folder({ ...users, ...posts })
    await call()
    await folder(users)
    const { state, exitCode } = await call()
    expect(state?.unknown).toEqual(['the one of 2026-01-01T00:00:01.000Z'])
    expect(exitCode).toBe(0)
  })

  test('one that fails leaves those before it, and says what is left and where it failed', async () => {
    const { folder, migrate: call } = await project(engine)
    await folder({ ...users, ...posts, ...broken, ...last })
    const report = await call()
    expect(report).toMatchObject({ status: 'failed', exitCode: 1, applied: ['0000_users', '0001_posts'] })
    expect(report.errors).toMatchObject([
      {
        code: 'migrate.failed',
        message: expect.stringMatching(
          /^The migration 0002_broken failed at `create table users \(` and was rolled back: .*users.* already exists.*\.$/,
        ) as string,
        hint: expect.stringMatching(
          /^Applied and kept: 0000_users, 0001_posts; still pending: 0002_broken, 0003_last\. /,
        ) as string,
      },
    ])
    await folder({ ...users, ...posts, ...last })
    expect(await call()).toMatchObject({ exitCode: 0, applied: ['0003_last'] })
  })

  test('production is asked before anything is applied, and only then', async () => {
    const { folder, migrate: call } = await project(engine)
    await folder(users)
    const asked: string[][] = []
    const answering = (answer: boolean): MigrateOptions => ({
      confirm: async (pending) => {
        asked.push(pending.map(({ name }) => name))
        return answer
      },
    })
    const env = { NODE_ENV: 'production' }
    expect(await call({ env, ...answering(false) })).toMatchObject({
      exitCode: 64,
      applied: [],
      errors: [{ code: 'usage.confirm', hint: expect.stringContaining('--yes') as string }],
    })
    expect(await call({ env, dryRun: true, ...answering(false) })).toMatchObject({ exitCode: 0 })
    expect(await call({ env, check: true, ...answering(false) })).toMatchObject({ exitCode: 1, errors: [] })
    expect(await call({ env, ...answering(true) })).toMatchObject({ exitCode: 0, applied: ['0000_users'] })
    // Nothing is pending.
    expect(await call({ env, ...answering(false) })).toMatchObject({ exitCode: 0, applied: [] })
    expect(asked).toEqual([['0000_users'], ['0000_users']])
    await folder({ ...users, ...posts })
    const staging = { NODE_ENV: 'production', RAILWAY_ENVIRONMENT_NAME: 'staging' }
    expect(await call({ env: staging, ...answering(false) })).toMatchObject({ applied: ['0001_posts'] })
    expect(asked).toHaveLength(2)
  })

  test('offline tells every migration, and asks no database', async () => {
    const { folder, migrate: call } = await project(engine)
    await folder({ ...users, ...posts })
    const nowhere =
      engine === 'postgres' ? 'postgres://nobody@127.0.0.1:1/none' : 'sqlite:/no/such/folder/file'
    const report = await call({ dryRun: true, offline: true, database: nowhere })
    expect(report).toMatchObject({ status: 'ok', exitCode: 0, errors: [], target: null })
    expect(report.state?.pending.map(({ name }) => name)).toEqual(['0000_users', '0001_posts'])
    expect(await call({ offline: true })).toMatchObject({ exitCode: 64, errors: [{ code: 'usage.offline' }] })
  })
})

test('offline tells the tables that SQLite would get from a schema for Postgres', async () => {
  const { folder, migrate: call } = await project('postgres')
  await folder(users)
  const report = await call({ dryRun: true, offline: true, database: 'sqlite:/no/such/folder/file' })
  expect(report.state?.pending).toMatchObject([
    { name: 'twin', statements: [expect.stringMatching(/^create table "users"/)] },
  ])
})

test('looking at a SQLite file that is not there tells what is pending, and makes none', async () => {
  const { url, folder, migrate: call } = await project('sqlite')
  await folder(users)
  for (const form of [{ check: true }, { dryRun: true }]) {
    const report = await call(form)
    expect(report).toMatchObject({ exitCode: 'check' in form ? 1 : 0, errors: [] })
    expect(report.state?.pending).not.toEqual([])
    await expect(stat(url.slice('sqlite:'.length))).rejects.toThrow('ENOENT')
  }
})

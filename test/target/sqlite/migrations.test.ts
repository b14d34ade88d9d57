import Database from 'better-sqlite3'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { openTarget, temporaryFile } from './temporary-file.js'

const people = sqliteTable('people', { id: integer('id').primaryKey(), name: text('name') })

test('migrations of a folder for SQLite are applied once, as drizzle notes them', async () => {
  const path = temporaryFile()
  const folder = folderWith(path, {
    '0000_people': 'create table people (id integer primary key, name text)',
  })
  const target = await openTarget(path)
  const files = { folder, tables: [people] }
  expect((await target.migrationState(files)).pending.map((one) => one.name)).toEqual(['0000_people'])
  expect(await target.applyMigrations(files)).toEqual(['0000_people'])
  expect(await target.applyMigrations(files)).toEqual([])
  expect(await target.migrationState(files)).toEqual({
    applied: ['0000_people'],
    pending: [],
    changed: [],
    unknown: [],
  })
  expect(read(path, 'select count(*) from __drizzle_migrations where length(hash) = 64')).toBe(1)
})

test('a file that was edited afterwards is told', async () => {
  const path = temporaryFile()
  const folder = folderWith(path, {
    '0000_people': 'create table people (id integer primary key, name text)',
  })
  const target = await openTarget(path)
  await target.applyMigrations({ folder, tables: [people] })
  writeFileSync(join(folder, '0000_people.sql'), 'create table people (id integer primary key)')
  expect((await target.migrationState({ folder, tables: [people] })).changed).toEqual(['0000_people'])
})

test('a migration that fails leaves nothing, and those before it stay', async () => {
  const path = temporaryFile()
  const folder = folderWith(path, {
    '0000_people': 'create table people (id integer primary key, name text)',
    '0001_broken':
      'create table other (id integer)--> statement-breakpoint\ncreate table people (id integer)',
  })
  const target = await openTarget(path)
  await expect(target.applyMigrations({ folder, tables: [people] })).rejects.toMatchObject({
    code: 'migrate.failed',
    message: expect.stringContaining('0001_broken') as string,
  })
  expect(read(path, `select group_concat(name) from sqlite_master where name in ('people', 'other')`)).toBe(
    'people',
  )
})

test('a table that is rebuilt keeps the rows that point at it', async () => {
  const path = temporaryFile()
  const folder = folderWith(path, {
    '0000_tables': `create table people (id integer primary key, name text)--> statement-breakpoint
create table pets (id integer primary key, person integer references people (id) on delete cascade)--> statement-breakpoint
insert into people values (1, 'Ann')--> statement-breakpoint
insert into pets values (1, 1)`,
    '0001_rebuild': `PRAGMA foreign_keys=OFF--> statement-breakpoint
create table __new_people (id integer primary key, name text not null)--> statement-breakpoint
insert into __new_people select id, name from people--> statement-breakpoint
drop table people--> statement-breakpoint
alter table __new_people rename to people--> statement-breakpoint
PRAGMA foreign_keys=ON`,
  })
  const target = await openTarget(path)
  await target.applyMigrations({ folder, tables: [people] })
  expect(read(path, 'select count(*) from pets')).toBe(1)
})

test('migrations for Postgres are refused where no table has a twin', async () => {
  const path = temporaryFile()
  const folder = folderWith(path, { '0000_people': 'select 1' }, 'postgresql')
  const target = await openTarget(path)
  await expect(target.migrationState({ folder, tables: [people] })).rejects.toMatchObject({
    code: 'migrate.wrong_dialect',
  })
})

function folderWith(database: string, files: Record<string, string>, dialect = 'sqlite'): string {
  const folder = join(dirname(database), 'drizzle')
  mkdirSync(join(folder, 'meta'), { recursive: true })
  const entries = Object.keys(files).map((tag, idx) => ({
    idx,
    tag,
    when: 1_700_000_000_000 + idx,
    breakpoints: true,
  }))
  writeFileSync(join(folder, 'meta', '_journal.json'), JSON.stringify({ version: '7', dialect, entries }))
  for (const [tag, content] of Object.entries(files)) writeFileSync(join(folder, `${tag}.sql`), content)
  return folder
}

function read(path: string, statement: string): unknown {
  const other = new Database(path)
  const value = other.prepare(statement).pluck().get()
  other.close()
  return value
}

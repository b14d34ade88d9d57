import Database from 'better-sqlite3'
import { sql, type Table } from 'drizzle-orm'
import {
  boolean,
  check,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { openTarget, temporaryFile } from './temporary-file.js'

const people = () => ({ id: uuid('id').primaryKey(), name: text('name').notNull() })
const first = pgTable('people', people())

/** Brings a new file to one schema, then tells what another one makes of it. */
async function from(before: Table, path = temporaryFile()) {
  const target = await openTarget(path)
  await target.applyMigrations({ folder: undefined, tables: [before] })
  return {
    path,
    target,
    pendingFor: async (...tables: Table[]) =>
      (await target.migrationState({ folder: undefined, tables })).pending.flatMap((one) => one.statements),
    apply: (...tables: Table[]) => target.applyMigrations({ folder: undefined, tables }),
  }
}

test('a complete twin has nothing pending, and applying it writes nothing', async () => {
  const { target, path, pendingFor, apply } = await from(first)
  const watcher = new Database(path)
  const version = watcher.pragma('data_version', { simple: true })
  expect(await pendingFor(first)).toEqual([])
  expect(await apply(first)).toEqual([])
  expect(watcher.pragma('data_version', { simple: true })).toBe(version)
  watcher.close()
  const state = await target.migrationState({ folder: undefined, tables: [first] })
  expect(state).toEqual({ applied: ['twin'], pending: [], changed: [], unknown: [] })
})

test('a new database has everything pending, and asking creates nothing', async () => {
  const path = temporaryFile()
  const target = await openTarget(path)
  const state = await target.migrationState({ folder: undefined, tables: [first] })
  expect(state.applied).toEqual([])
  expect(state.pending.map((one) => [one.name, one.statements.length])).toEqual([['twin', 1]])
  await expect(target.readTable(first)).rejects.toMatchObject({ code: 'target.no_table' })
  expect(await target.applyMigrations({ folder: undefined, tables: [first] })).toEqual(['twin'])
})

test.each([
  ['that may be null', { note: text('note') }],
  ['with a constant default', { active: boolean('active').notNull().default(true) }],
  ['with a check of its type', { size: integer('size') }],
  ['that points at another table', { parent: uuid('parent').references(() => first.id) }],
])('a column %s is added to a table that has rows', async (_, column) => {
  const { path, pendingFor, apply, target } = await from(first)
  write(path, `insert into people (id, name) values ('1', 'Ann')`)
  const second = pgTable('people', { ...people(), ...column })
  expect(await pendingFor(second)).toHaveLength(1)
  expect(await apply(second)).toEqual(['twin'])
  expect(await pendingFor(second)).toEqual([])
  expect((await target.readTable(second)).columns.map((one) => one.name)).toEqual([
    'id',
    'name',
    ...Object.keys(column),
  ])
})

test('a column brings its own check along', async () => {
  const { apply, pendingFor, target } = await from(first)
  const second = pgTable('people', { ...people(), mood: text('mood') }, (table) => [
    check('people_mood', sql`${table.mood} in ('glad', 'sad')`),
  ])
  await apply(second)
  expect(await pendingFor(second)).toEqual([])
  expect((await target.readTable(second)).checks.map((one) => one.name)).toEqual(['people_mood'])
})

test('a unique key is added to a table that is there, and one that says something else is made anew', async () => {
  const { pendingFor, apply } = await from(first)
  const second = pgTable('people', people(), (table) => [unique('people_key').on(table.name)])
  expect(await pendingFor(second)).toEqual(['create unique index "people_key" on "people" ("name")'])
  await apply(second)
  expect(await pendingFor(second)).toEqual([])
  const third = pgTable('people', people(), (table) => [
    uniqueIndex('people_key').on(sql`lower(${table.name})`),
  ])
  expect(await pendingFor(third)).toEqual([
    'drop index "people_key"',
    'create unique index "people_key" on "people" (lower("name"))',
  ])
})

test('a unique key that rows break is not added, and nothing of the migration is left', async () => {
  const { path, apply, pendingFor } = await from(first)
  write(path, `insert into people (id, name) values ('1', 'Ann'), ('2', 'Ann')`)
  const second = pgTable('people', { ...people(), note: text('note') }, (table) => [
    unique('people_key').on(table.name),
  ])
  await expect(apply(second)).rejects.toMatchObject({ code: 'migrate.failed' })
  expect(await pendingFor(second)).toHaveLength(2)
})

test.each<[string, Table, string]>([
  [
    'a column of another type',
    pgTable('people', { ...people(), name: integer('name').notNull() }),
    'column name',
  ],
  ['a column that may be null by now', pgTable('people', { ...people(), name: text('name') }), 'column name'],
  [
    'a column with another default',
    pgTable('people', { ...people(), name: text('name').notNull().default('') }),
    'column name',
  ],
  [
    'a new column that no row could fill',
    pgTable('people', { ...people(), code: text('code').notNull() }),
    'column code',
  ],
  [
    'a new column whose default is not constant',
    pgTable('people', { ...people(), madeAt: timestamp('made_at').notNull().defaultNow() }),
    'column made_at',
  ],
  [
    'a column that is gone and must not be null',
    pgTable('people', { id: uuid('id').primaryKey() }),
    'column name',
  ],
  [
    'another primary key',
    pgTable('people', { id: uuid('id').notNull(), name: text('name').primaryKey() }),
    'primary key',
  ],
  [
    'a new check over columns that are there',
    pgTable('people', people(), (table) => [check('named', sql`${table.name} <> ''`)]),
    'check named',
  ],
])('%s is refused, and the table and the place are named', async (_, second, place) => {
  const { pendingFor } = await from(first)
  await expect(pendingFor(second)).rejects.toMatchObject({
    code: 'migrate.twin_differs',
    message: expect.stringMatching(new RegExp(`people.*${place}`)) as string,
  })
})

test('a column that an older schema had is left alone when rows can do without it', async () => {
  const { pendingFor } = await from(pgTable('people', { ...people(), note: text('note') }))
  expect(await pendingFor(first)).toEqual([])
})

test('a check that SQLite does not understand is refused by its table', async () => {
  const { pendingFor } = await from(first)
  const odd = pgTable('odd', { name: text('name') }, (table) => [
    check('odd_name', sql`${table.name} ~ '^a'`),
  ])
  await expect(pendingFor(odd)).rejects.toMatchObject({
    code: 'twin.no_expression',
    message: expect.stringContaining('odd') as string,
  })
})

test('a default that SQLite does not understand is refused before a row meets it', async () => {
  const { pendingFor } = await from(first)
  const odd = pgTable('odd', { name: text('name').default(sql`nextval('numbers')`) })
  await expect(pendingFor(odd)).rejects.toMatchObject({ code: 'twin.no_expression' })
})

test('twins may point at each other, whichever comes first', async () => {
  const children = pgTable('children', {
    id: uuid('id').primaryKey(),
    person: uuid('person').references(() => first.id),
  })
  const { apply, pendingFor } = await from(children)
  expect(await apply(children, first)).toEqual(['twin'])
  expect(await pendingFor(first, children)).toEqual([])
})

function write(path: string, statement: string): void {
  const other = new Database(path)
  other.exec(statement)
  other.close()
}

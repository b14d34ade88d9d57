import { integer, pgTable } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { driftTableUnknown } from '../../../src/doctor/checks/drift-table-unknown.js'
import { clinic, ward } from '../clinic.js'

const users = pgTable('users', { id: integer('id').primaryKey() })

clinic(driftTableUnknown, [
  {
    name: 'a table that nobody declares',
    declared: [users],
    mends: false,
    broken: `create table users (id integer); create table "Users" (id integer)`,
    sound: `create table users (id integer); create table "_prisma_migrations" (id text); create table "SequelizeMeta" (name text);
            create schema auth; create table auth.sessions (id integer); create view report as select 1;
            create table users_1 () inherits (users); drop table users_1; create table schema_migrations (version text)`,
    objects: ['Users'],
  },
  {
    name: 'a table that nobody declares',
    engine: 'sqlite',
    declared: [users],
    mends: false,
    broken: `create table users (id integer primary key); create table posts (id integer primary key autoincrement)`,
    sound: `create table users (id integer primary key autoincrement); create table knex_migrations (id integer)`,
    objects: ['posts'],
  },
])

test('where no table is declared at all, none is missed', async () => {
  const { execute, examine } = await ward()
  await execute('create table users (id integer)')
  expect(await examine(driftTableUnknown)).toEqual([])
})

import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { driftColumnUnknown } from '../../../src/doctor/checks/drift-column-unknown.js'
import { clinic, ward } from '../clinic.js'

const users = pgTable('users', { id: integer('id').primaryKey(), name: text('name') })
/** What a pipeline knows of the same table. */
const more = pgTable('users', { id: integer('id').primaryKey(), email: text('email') })

clinic(driftColumnUnknown, [
  {
    name: 'a column that no declaration has',
    declared: [users, more],
    mends: false,
    broken: `create table users (id integer primary key, name text, email text, fax text); create table other (id integer)`,
    sound: `create table users (id integer primary key, name text, email text, gone text); alter table users drop column gone;
            create table other (id integer, fax text)`,
    objects: ['users.fax'],
  },
  {
    name: 'a column that no declaration has',
    engine: 'sqlite',
    declared: [users],
    mends: false,
    broken: `create table users (id integer primary key, name text, fax text)`,
    sound: `create table users (id integer primary key, name text)`,
    objects: ['users.fax'],
  },
])

test('one that must be given makes every insert fail, and its SQL lets them through', async () => {
  const { execute, examine } = await ward()
  await execute(`create table users (id integer primary key, name text, fax text not null, no serial, at date not null default now(),
                 twice integer generated always as (id * 2) stored not null)`)
  const found = await examine(driftColumnUnknown, { declared: [users] })
  expect(found.map(({ object, severity }) => [object, severity])).toEqual([
    ['users.fax', 'error'],
    ['users.no', undefined],
    ['users.at', undefined],
    ['users.twice', undefined],
  ])
  await execute(`${found[0]?.sql?.join('\n')} insert into users (id, name) values (1, 'Ann')`)
})

import { sql } from 'drizzle-orm'
import { check, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { driftCheckMissing } from '../../../src/doctor/checks/drift-check-missing.js'
import { clinic } from '../clinic.js'

const long = `users_${'x'.repeat(70)}`
const users = pgTable('users', { age: integer('age'), name: text('name') }, (table) => [
  check('users_age', sql`${table.age} >= ${18}`),
  check(long, sql`${table.name} <> 'it''s'`),
])

clinic(driftCheckMissing, [
  {
    name: 'checks that are not there',
    declared: [users],
    broken: `create table users (age integer check (age > 18), name text); create table other (age integer constraint users_age check (age > 0))`,
    sound: `create table users (age integer, name text constraint ${long} check (name <> '')); alter table users add constraint users_age check (age > 7) not valid`,
    objects: ['users.users_age', `users.${long}`],
  },
  {
    name: 'a check that the file does not have',
    engine: 'sqlite',
    declared: [users],
    mends: false,
    broken: `create table users (age integer, name text, constraint ${long} check (name <> ''))`,
    sound: `create table users (age integer constraint users_age check (age > 18), name text, constraint ${long} check (name <> ''))`,
    objects: ['users.users_age'],
  },
])

import { sql } from 'drizzle-orm'
import { integer, pgTable, serial, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { driftDefault } from '../../../src/doctor/checks/drift-default.js'
import { clinic } from '../clinic.js'

const users = pgTable('users', {
  id: uuid('id').primaryKey().defaultRandom(),
  status: text('status').default('active'),
  at: timestamp('at').default(sql`clock_timestamp()`),
  made: text('made').$defaultFn(() => 'here'),
  name: text('name'),
})
const counters = pgTable('counters', {
  id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
  no: serial('no'),
})

clinic(driftDefault, [
  {
    name: 'defaults that are missing, and one that nobody declared',
    declared: [users],
    mends: false,
    broken: `create table users (id uuid primary key, status text, at timestamp, made text, name text default 'nobody')`,
    sound: `create table users (id uuid primary key default gen_random_uuid(), status text default 'other', at timestamp default now(), made text, name text)`,
    objects: ['id', 'status', 'at', 'name'].map((name) => `users.${name}`),
  },
  {
    name: 'defaults that can be given',
    declared: [users],
    broken: `create table users (id uuid primary key, status text, at timestamp, made text, name text)`,
    sound: `create table users (id uuid primary key default gen_random_uuid(), status text default 'active', at timestamp default now(), made text, name text)`,
    objects: ['id', 'status', 'at'].map((name) => `users.${name}`),
  },
  {
    name: 'an identity that is none',
    declared: [counters],
    mends: false,
    broken: `create table counters (id integer primary key, no integer)`,
    sound: `create table counters (id serial primary key, no integer generated always as identity)`,
    objects: ['counters.id', 'counters.no'],
  },
  {
    name: 'a sequence that the schema does not know',
    engine: 'sqlite',
    declared: [pgTable('counters', { id: integer('id').primaryKey() })],
    mends: false,
    broken: `create table counters (id integer primary key autoincrement)`,
    sound: `create table counters (id integer primary key)`,
    objects: ['counters.id'],
  },
])

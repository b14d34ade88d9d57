import {
  bigint,
  customType,
  geometry,
  integer,
  interval,
  numeric,
  pgEnum,
  pgTable,
  serial,
  text,
  timestamp,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { driftColumnType } from '../../../src/doctor/checks/drift-column-type.js'
import { clinic, ward } from '../clinic.js'

const mood = pgEnum('mood', ['glad', 'sad'])
const email = customType<{ data: string }>({ dataType: () => 'email' })
const range = customType<{ data: string }>({ dataType: () => 'tstzrange' })
const users = pgTable('users', {
  id: serial('id').primaryKey(),
  name: varchar('name', { length: 20 }),
  price: numeric('price', { precision: 10, scale: 2 }),
  at: timestamp('at', { withTimezone: true }),
  status: mood('status').notNull().default('glad'),
  tags: text('tags').array(),
  points: integer('points').default(0),
})
const odd = pgTable('odd', {
  email: email('email'),
  code: text('code'),
  during: range('during'),
  wait: interval('wait', { fields: 'day to second', precision: 3 }),
  place: geometry('place', { type: 'point' }),
  no: bigint('no', { mode: 'number' }),
})

clinic(driftColumnType, [
  {
    name: 'columns of another type',
    declared: [users],
    broken: `create type mood as enum ('glad', 'sad');
             create table users (id bigint primary key, name varchar(30), price numeric(8, 2), at timestamp, status text not null default 'sad',
               tags integer[], points text default 'none');
             insert into users values (1, 'Ann', 1, now(), 'glad', '{1}', '7')`,
    sound: `create type mood as enum ('glad', 'sad');
            create table users (id integer primary key, name character varying(20), price decimal(10, 2), at timestamptz, status mood, tags text[5],
              points int4)`,
    objects: ['id', 'name', 'price', 'at', 'status', 'tags', 'points'].map((name) => `users.${name}`),
  },
  {
    name: 'domains, aliases and types that nobody knows',
    declared: [odd],
    broken: `create table odd (email text, code text, during daterange, wait interval, place text, no integer)`,
    sound: `create domain email as text; create domain code as text; create domain no as bigint check (value > 0);
            create type place as (x integer);
            create table odd (email email, code code, during tstzrange, wait interval day to second(3), place place, no no)`,
    objects: ['odd.during', 'odd.place', 'odd.no'],
    mends: false,
  },
  {
    name: 'an enum that is another one',
    declared: [pgTable('users', { status: mood('status') })],
    broken: `create schema old; create type old.mood as enum ('glad', 'sad'); create type mood as enum ('glad', 'sad');
             create table users (status old.mood)`,
    sound: `create type mood as enum ('glad', 'angry'); create table users (status mood)`,
    objects: ['users.status'],
  },
  {
    name: 'a column that stores something else',
    engine: 'sqlite',
    declared: [
      pgTable('users', { id: uuid('id').primaryKey(), price: numeric('price'), points: integer('points') }),
    ],
    mends: false,
    broken: `create table users (id integer primary key, price real, points integer)`,
    sound: `create table users (id text primary key, price text, points integer)`,
    objects: ['users.id', 'users.price'],
  },
])

test('a text that is too long is refused and not cut off', async () => {
  const { execute, examine } = await ward()
  await execute(`create table names (name text); insert into names values ('too long')`)
  const names = pgTable('names', { name: varchar('name', { length: 3 }) })
  const [found] = await examine(driftColumnType, { declared: [names] })
  await expect(execute((found?.sql ?? []).join('\n'))).rejects.toThrow(/too long/)
})

test('moments without a zone are taken as UTC, whatever the zone of the session is', async () => {
  const { execute, examine } = await ward()
  await execute(`create table visits (at timestamp); insert into visits values ('2026-01-01 12:00')`)
  const visits = pgTable('visits', { at: timestamp('at', { withTimezone: true }) })
  const [found] = await examine(driftColumnType, { declared: [visits] })
  await execute(`set timezone = 'Asia/Tokyo'; ${(found?.sql ?? []).join('\n')}`)
  await expect(
    execute(`do $$ begin assert (select at = '2026-01-01 12:00Z' from visits); end $$`),
  ).resolves.toBeUndefined()
})

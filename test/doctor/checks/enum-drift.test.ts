import { sql } from 'drizzle-orm'
import { check, pgEnum, pgSchema, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { enumDrift } from '../../../src/doctor/checks/enum-drift.js'
import { clinic, ward } from '../clinic.js'

const state = pgEnum('state', ['open', 'paid', `it's`])
const orders = pgTable('orders', {
  id: uuid('id').primaryKey(),
  state: state('state'),
  history: state('history').array(),
})
const mood = pgSchema('Bill ing').enum('Mood', ['sad', 'glad'])
const people = pgSchema('Bill ing').table('people', { id: uuid('id').primaryKey(), mood: mood('mood') })
const ranks = { Low: 'low', High: 'high' } as const
const posts = pgTable(
  'posts',
  { id: uuid('id').primaryKey(), rank: pgEnum('rank', ranks)('rank') },
  (table) => [check('posts_rank_low', sql`${table.rank} in ('low')`)],
)
const absent = pgTable('absent', { state: state('state'), note: text('note') })

clinic(enumDrift, [
  {
    name: 'labels that a type lacks',
    declared: [orders, people, absent],
    broken: `create type state as enum ('paid'); create table orders (id uuid primary key, state state, history state[]);
             create schema "Bill ing"; create type "Bill ing"."Mood" as enum ('glad'); create table "Bill ing".people (mood "Bill ing"."Mood")`,
    sound: `create type state as enum ('open', 'paid', 'it''s'); create table orders (id uuid primary key, state state, history state[]);
            create schema "Bill ing"; create type "Bill ing"."Mood" as enum ('glad', 'sad'); create table "Bill ing".people (mood "Bill ing"."Mood");
            create type other as enum ('a')`,
    objects: ['state', 'Bill ing.Mood'],
  },
  {
    name: 'labels that a check lacks',
    declared: [orders, posts],
    broken: `create table orders (state text check (state in ('open', 'paid'))); create table posts (rank varchar(20) check (rank in ('low')))`,
    sound: `create table orders (state text check (state is null or state in ('open', 'it''s', 'paid')), history text[]);
            create table posts (rank varchar(20), constraint posts_rank_low check (rank in ('low')), check (length(rank) > 2))`,
    objects: ['orders.state', 'posts.rank'],
  },
  {
    name: 'labels that a check of SQLite lacks',
    engine: 'sqlite',
    declared: [orders, posts],
    broken: `create table orders (id text primary key, state text constraint "state type" check ("state" in ('open')), history text)`,
    sound: `create table orders (id text primary key, state text constraint "state type" check ("state" in ('open', 'paid', 'it''s')), history text);
            create table posts (rank text constraint "rank type" check ("rank" in ('low', 'high')), constraint posts_rank_low check ("rank" in ('low')))`,
    objects: ['orders.state'],
  },
  {
    name: 'labels of the database alone',
    declared: [orders],
    mends: false,
    broken: `create type state as enum ('open', 'paid', 'it''s', 'lost'); create table orders (state state)`,
    sound: `create type state as enum ('open', 'paid', 'it''s'); create table orders (state state, other text check (other in ('lost')))`,
    objects: ['state'],
  },
])

test('a new label stands where the declaration has it, and one too many is a warning', async () => {
  const { execute, examine } = await ward()
  await execute(`create type state as enum ('paid', 'lost'); create table orders (state state)`)
  const [found] = await examine(enumDrift, { declared: [orders] })
  expect(found).toMatchObject({
    severity: 'error',
    message: `The type state lacks open, it's of the declared enum state, and has lost, which the declared enum state has not.`,
    sql: [
      `ALTER TYPE state ADD VALUE 'open' BEFORE 'paid';`,
      `ALTER TYPE state ADD VALUE 'it''s' AFTER 'paid';`,
    ],
  })
  await execute(`begin; ${(found?.sql ?? []).join('\n')} commit`)
  const [rest] = await examine(enumDrift, { declared: [orders] })
  expect(rest).toMatchObject({
    severity: 'warning',
    message: 'The type state has lost, which the declared enum state has not.',
  })
  expect(rest?.sql).toBeUndefined()
})

test('a check without a name is told, and not altered', async () => {
  const { execute, examine } = await ward('sqlite')
  await execute(
    `create table orders (id text primary key, state text check (state in ('open')), history text)`,
  )
  const [found] = await examine(enumDrift, { declared: [orders] })
  expect(found).toMatchObject({ severity: 'error', hint: expect.stringContaining('no name') as string })
  expect(found?.sql).toBeUndefined()
})

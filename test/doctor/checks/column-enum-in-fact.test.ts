import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { columnEnumInFact } from '../../../src/doctor/checks/column-enum-in-fact.js'
import { clinic, ward } from '../clinic.js'

const notes = pgTable('notes', { id: uuid('id').primaryKey(), made: timestamp('made'), state: text('state') })
const numbers = `with recursive n (i) as (select 1 union all select i + 1 from n where i < 120)`
const made = `${numbers} select`

clinic(columnEnumInFact, [
  {
    name: 'a text column with few values',
    mends: false,
    broken: `create table orders (id integer primary key, "State" varchar(20)); insert into orders ${made} i, case when i % 3 = 0 then 'paid' else 'open' end from n`,
    sound: `create table orders (id integer primary key, name text, state text check (state in ('open')), few text, long text, day text, blank text);
            insert into orders ${made} i, 'name ' || i, 'open', case when i < 50 then 'a' end, repeat('x', 41), '2020-01-0' || (i % 9), case when i % 2 = 0 then '' else 'one' end from n;
       create type mood as enum ('glad'); create domain level as text check (value in ('a'));
       create table people (id integer, mood mood, level level, no integer, kind text, unique (kind, id)); insert into people ${made} i, 'glad', 'a', 1, 'x' from n;
       create table kinds (kind text primary key); insert into kinds values ('a');
       create table small (kind text); insert into small values ('a'), ('a'); create table held (kind text references kinds); insert into held ${made} 'a' from n`,
    objects: ['orders.State'],
  },
  {
    name: 'a text column of SQLite with few values',
    engine: 'sqlite',
    mends: false,
    declared: [notes],
    broken: `create table notes (id text primary key, made text, state text); insert into notes ${made} 'n' || i, 'then', case when i % 2 = 0 then 'open' else 'shut' end from n`,
    sound: `create table notes (id text primary key, made text, state text constraint "state type" check ("state" in ('open'))); insert into notes ${made} 'n' || i, 'then', 'open' from n`,
    objects: ['notes.state'],
  },
])

test('says how many values there are, and none of them', async () => {
  const { execute, examine } = await ward()
  await execute(`create table orders (state text); insert into orders ${made} 'secret' || i % 12 from n`)
  const [found] = await examine(columnEnumInFact)
  expect(found?.message).toBe('The text column holds 12 distinct values in all of its rows.')
  expect(JSON.stringify(found)).not.toContain('secret')
  await execute(`insert into orders values ('another')`)
  expect(await examine(columnEnumInFact)).toEqual([])
})

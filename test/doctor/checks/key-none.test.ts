import { expect, test } from 'vitest'
import { keyNone } from '../../../src/doctor/checks/key-none.js'
import { clinic, ward } from '../clinic.js'

clinic(keyNone, [
  {
    name: 'a table without a key whose unique index names rows',
    broken: `create table codes (code text not null, label text unique); create unique index by_code on codes (code)`,
    sound: `create table codes (code text primary key, label text); create view all_codes as select label from codes;
            create table parts (day date, code text, primary key (day, code)) partition by range (day);
            create table parts_2024 partition of parts for values from ('2024-01-01') to ('2025-01-01');
            create table migrations (id integer, timestamp bigint, name text); create table "SequelizeMeta" (name text)`,
    objects: ['codes'],
  },
  {
    name: 'a unique constraint, an index in another order, and a name that is taken',
    broken: `create schema "Old"; create table "Old"."Codes" ("Code" text not null unique, taken text);
             create index "Codes_pkey" on "Old"."Codes" (taken);
             create table days (day date not null); create unique index by_day on days (day desc)`,
    sound: `create table days (day date primary key)`,
    objects: ['Old.Codes', 'days'],
  },
  {
    name: 'a partitioned table with a unique index',
    broken: `create table parts (day date not null) partition by range (day); create unique index by_day on parts (day)`,
    sound: `create table parts (day date primary key) partition by range (day)`,
    objects: ['parts'],
  },
  {
    name: 'no key that names rows: one may be null, one is partial, one is an expression',
    broken: `create table a (code text unique); create table b (code text not null);
             create unique index partial on b (code) where code <> ''; create unique index folded on b (lower(code))`,
    sound: `create table a (id integer primary key, code text unique)`,
    objects: ['a', 'b'],
    mends: false,
  },
  {
    name: 'a table of SQLite without a key',
    engine: 'sqlite',
    broken: `create table codes (code text not null unique)`,
    sound: `create table codes (id integer primary key, code text not null unique); create table pairs (a, b, primary key (a, b)) without rowid`,
    objects: ['codes'],
    mends: false,
  },
])

test('a unique index becomes the key, a constraint is left beside it', async () => {
  const { execute, examine } = await ward()
  await execute(`create table a (x text not null, y text not null); create unique index by_y_x on a (y, x);
                 create table b (x text not null constraint own unique)`)
  expect((await examine(keyNone)).map(({ sql }) => sql)).toEqual([
    ['ALTER TABLE a ADD CONSTRAINT a_pkey PRIMARY KEY USING INDEX by_y_x;'],
    ['ALTER TABLE b ADD CONSTRAINT b_pkey PRIMARY KEY (x);'],
  ])
})

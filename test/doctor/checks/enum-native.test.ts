import { expect, test } from 'vitest'
import { enumNative } from '../../../src/doctor/checks/enum-native.js'
import { clinic, ward } from '../clinic.js'

const type = `create type mood as enum ('glad', 'it''s')`

clinic(enumNative, [
  {
    name: 'a type that several columns use',
    broken: `${type}; create type unused as enum ('a');
             create table people (id uuid primary key, mood mood not null default 'it''s', "Then" mood, unique (mood, id)); create index on people ("Then");
             create table "Past" (mood mood, constraint "Past_mood_check" check (true)); insert into people values (gen_random_uuid());
             create table parts (no integer, mood mood default 'glad') partition by list (no); create table parts_1 partition of parts for values in (1);
             create schema old; create type old."Rank" as enum ('a', 'b'); create table old.posts (rank old."Rank" default null)`,
    sound: `${type}; create table people (id uuid primary key, mood text not null default 'glad', check (mood in ('glad', 'sad')));
            create extension citext; create table posts (slug citext)`,
    objects: ['mood', 'old.Rank'],
  },
  ...[
    ['an array of it', 'create table people (mood mood[])'],
    ['a view over it', 'create table people (mood mood); create view glad as select mood from people'],
    [
      'a partial index over it',
      `create table people (mood mood); create index on people (mood) where mood = 'glad'`,
    ],
    ['a check over it', `create table people (mood mood check (mood <> 'glad'))`],
    [
      'a column generated from it',
      `create table people (mood mood, glad boolean generated always as (mood = 'glad') stored)`,
    ],
    [
      'a function over it',
      `create table people (mood mood); create function f(m mood) returns integer language sql as 'select 1'`,
    ],
    ['a partition key of it', 'create table people (mood mood) partition by list (mood)'],
    [
      'a reference by it',
      'create table moods (mood mood primary key); create table people (mood mood references moods)',
    ],
    ['a computed default', `create table people (mood mood default (array['glad']::mood[])[1])`],
    [
      'a column that is inherited',
      'create table people (mood mood); create table clerks () inherits (people)',
    ],
  ].map(([name, use]) => ({
    name: `${name}, with a hint in the place of SQL`,
    mends: false,
    broken: `${type}; ${use}`,
    sound: type,
    objects: ['mood'],
  })),
])

test('keeps defaults, values and labels', async () => {
  const { execute, examine } = await ward()
  await execute(`${type}; create table people (id integer, mood mood not null default 'it''s', constraint people_mood_check check (id > 0));
    insert into people values (1)`)
  const [found] = await examine(enumNative)
  expect(found?.sql).toEqual([
    'ALTER TABLE people ALTER COLUMN mood DROP DEFAULT;',
    'ALTER TABLE people ALTER COLUMN mood TYPE text USING mood::text;',
    `ALTER TABLE people ADD CONSTRAINT people_mood_check1 CHECK (mood IN ('glad', 'it''s'));`,
    `ALTER TABLE people ALTER COLUMN mood SET DEFAULT 'it''s';`,
    'DROP TYPE mood;',
  ])
  await execute(`begin; ${(found?.sql ?? []).join('\n')} insert into people values (2); commit`)
  await execute(`do $$ begin assert (select count(*) from people where mood = 'it''s') = 2; end $$`)
})

test.each([
  ['a view', 'create table people (mood mood); create view glad as select mood from people', 'view glad'],
  ['an array', 'create table people (mood mood[])', 'people.mood is an array'],
  [
    'a default',
    `create table people (mood mood default (array['glad']::mood[])[1])`,
    'default of people.mood',
  ],
])('names %s that stands in the way', async (_, use, said) => {
  const { execute, examine } = await ward()
  await execute(`${type}; ${use}`)
  const [found] = await examine(enumNative)
  expect(found?.hint).toContain(said)
  expect(found?.sql).toBeUndefined()
})

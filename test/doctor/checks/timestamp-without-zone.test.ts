import { expect, test } from 'vitest'
import { timestampWithoutZone } from '../../../src/doctor/checks/timestamp-without-zone.js'
import { clinic, ward } from '../clinic.js'

clinic(timestampWithoutZone, [
  {
    name: 'instants without a zone',
    broken: `create table users (id integer primary key, "createdAt" timestamp default now(), seen timestamp(3) not null default timezone('utc', now()),
                                 born timestamp default '2000-01-01', check (born < "createdAt"));
             create index on users (seen) where born is null`,
    sound: `create table users (id integer primary key, created_at timestamptz default now(), day date, at time, all_at timestamp[]);
            create view seen as select now()::timestamp as at; create table flyway_schema_history (installed_on timestamp)`,
    objects: ['users.createdAt', 'users.seen', 'users.born'],
  },
  {
    name: 'columns that something holds to their type',
    broken: `create domain instant as timestamp; create schema s; set search_path = public;
             create table s.users (a timestamp, b instant, c timestamp generated always as (a + interval '1 day') stored, d timestamp, e timestamp,
                                   f timestamp);
             create view s.seen as select d from s.users; create index on s.users (date_trunc('day', e)); create index on s.users (b) where f > '2000-01-01'`,
    sound: `create table users (a timestamptz)`,
    objects: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `s.users.${name}`),
    mends: false,
  },
])

test('a column that is held has no statement, and says so', async () => {
  const { execute, examine } = await ward()
  await execute(`create table days (day timestamp, note timestamp) partition by range (day);
                 create table users (a timestamp, b timestamp generated always as (a) stored, c timestamp); create index on users (c) where a is null`)
  const found = await examine(timestampWithoutZone)
  expect(found.map(({ object, sql }) => [object, sql?.length ?? 0])).toEqual([
    ['days.day', 0],
    ['days.note', 1],
    ['users.a', 0],
    ['users.b', 0],
    ['users.c', 1],
  ])
})

test('values and defaults keep their instant in whatever zone the statement runs', async () => {
  const { execute, examine } = await ward()
  await execute(`create table users (a timestamp(3) default '2000-01-01 12:00', b timestamp default timezone('utc', now()), c timestamp default now());
                 insert into users values ('2024-06-01 12:00')`)
  const sql = (await examine(timestampWithoutZone)).flatMap((found) => found.sql ?? [])
  await expect(
    execute(`set timezone = 'Asia/Tokyo'; ${sql.join('\n')} insert into users default values;
    do $$ begin
      assert (select array_agg(a order by a) = array['2000-01-01 12:00Z', '2024-06-01 12:00Z']::timestamptz[] from users);
      assert (select bool_and(b = now() and c = now()) from users where a < '2001-01-01'), 'defaults';
    end $$`),
  ).resolves.toBeUndefined()
})

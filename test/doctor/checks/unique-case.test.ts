import { expect, test } from 'vitest'
import { uniqueCase } from '../../../src/doctor/checks/unique-case.js'
import { clinic, ward } from '../clinic.js'

clinic(uniqueCase, [
  {
    name: 'rows that differ by case alone',
    mends: false,
    broken: `create table users (id uuid primary key, email text constraint users_email unique, tenant integer, "Name" varchar(9), constraint users_name unique (tenant, "Name"));
             insert into users values (gen_random_uuid(), 'Ann@x', 1, 'A'), (gen_random_uuid(), 'ann@x', 1, 'a'), (gen_random_uuid(), 'bob@x', 2, 'a')`,
    sound: `create extension citext; create collation folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
            create table users (id text primary key, email citext unique, tenant text collate folding, name text, other text, slug text, unique (tenant, name), constraint users_other unique nulls distinct (other, name));
            insert into users values ('a', 'Ann@x', 'T', 'Ann', null, 'a'), ('b', 'ann', 'U', 'ann', null, 'A');
            create unique index on users (lower(slug || id)); create unique index on users (slug) where slug <> ''`,
    objects: ['users_email', 'users_name'],
  },
  {
    name: 'rows of SQLite that differ by case alone',
    engine: 'sqlite',
    mends: false,
    broken: `create table users (id integer primary key, email text, constraint users_email unique (email)); insert into users (email) values ('Ann'), ('ann'), (null), (null)`,
    sound: `create table users (id integer primary key, email text collate nocase unique, tenant integer, name text, unique (tenant, name));
            insert into users (email, tenant, name) values ('ann', 1, 'Ann'), (null, 2, 'ann'), (null, null, 'ANN'), (null, null, 'ann')`,
    objects: ['users_email'],
  },
])

test('nulls that a key calls equal are equal, and the hint lists the rows', async () => {
  const { execute, examine } = await ward()
  await execute(`create table users (tenant integer, name text, constraint users_name unique nulls not distinct (tenant, name));
    insert into users values (null, 'Ann'), (null, 'ann'), (null, 'ANN')`)
  const [found] = await examine(uniqueCase)
  expect(found?.message).toBe(
    '1 group of rows of users with the same name, tenant but for upper and lower case.',
  )
  const query = /SELECT .*;$/.exec(found?.hint ?? '')?.[0] ?? ''
  expect(query).toContain('GROUP BY lower(name), tenant')
  await execute(query)
})

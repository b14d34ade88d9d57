import { expect, test } from 'vitest'
import { nameReserved } from '../../../src/doctor/checks/name-reserved.js'
import { clinic, ward } from '../clinic.js'

clinic(nameReserved, [
  {
    name: 'a table and columns that are words of the language',
    broken: `create table "user" (id integer primary key, "order" integer); create table line_items (id integer primary key, "end" date, "desc" text)`,
    sound: `create table users (id integer primary key, user_order integer, type text, value text, position integer, "User" text);
            create table "Order" (ending date); create view "group" as select 1 as "limit"`,
    objects: ['line_items.end', 'line_items.desc', 'user.order', 'user'],
  },
  {
    name: 'a better name that is taken, by a table or an enum, or that there is none',
    broken: `create table "user" (id integer primary key); create type users as enum ('a'); create table "references" (id integer);
             create table posts ("limit" integer, post_limit integer)`,
    sound: `create table users (id integer primary key)`,
    objects: ['posts.limit', 'references', 'user'],
    mends: false,
  },
  {
    name: 'words of the language in SQLite',
    engine: 'sqlite',
    broken: `create table "group" (id integer primary key, "from" text)`,
    sound: `create table groups (id integer primary key, came_from text)`,
    objects: ['group.from', 'group'],
  },
])

test('names are made as the others are written', async () => {
  const { execute, examine } = await ward()
  await execute(`create schema s; create table s.categories (id integer, "order" integer, "parentId" integer, "madeBy" text);
                 create table s."case" (id integer)`)
  expect((await examine(nameReserved)).flatMap(({ sql }) => sql)).toEqual([
    'ALTER TABLE s."case" RENAME TO cases;',
    'ALTER TABLE s.categories RENAME COLUMN "order" TO "categoryOrder";',
  ])
})

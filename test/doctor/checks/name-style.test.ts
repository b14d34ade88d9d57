import { expect, test } from 'vitest'
import { nameStyle } from '../../../src/doctor/checks/name-style.js'
import { clinic, ward } from '../clinic.js'

clinic(nameStyle, [
  {
    name: 'a column and a table that are written otherwise',
    broken: `create table users (id integer, first_name text, last_name text, created_at date);
             create table posts (id integer, "createdAt" date, "USER id" integer); create table teams (id integer); create table "UserRoles" (id integer)`,
    sound: `create table users (id integer, first_name text, last_name text, created_at date, _internal text, address_2 text, größe text);
            create table posts (id integer, title text); create table user_roles (id integer); create table "_prisma_migrations" ("startedAt" date)`,
    objects: ['posts.createdAt', 'posts.USER id', 'UserRoles'],
  },
  {
    name: 'a column between camels',
    broken: `create table "User" (id integer, "firstName" text, "lastName" text, "createdAt" date, logged_in_at date)`,
    sound: `create table "User" (id integer, "firstName" text, "createdAt" date, "loggedInAt" date); create table "UserRole" (id integer, "userId" integer)`,
    objects: ['User.logged_in_at'],
  },
  {
    name: 'a name that is taken in the other style, and one that would be too long',
    broken: `create table users (id integer, first_name text, last_name text, user_id integer, "userId" integer, "${'aB'.repeat(31)}" text,
                                 a_1 text, a_2 text, a_3 text)`,
    sound: `create table users (id integer, user_id integer, "firstName" text, "lastName" text, created_at date); create table a (id integer, b text, c text)`,
    objects: ['users.userId', `users.${'aB'.repeat(31)}`],
    mends: false,
  },
  {
    name: 'names of SQLite that are written otherwise',
    engine: 'sqlite',
    broken: `create table users (id integer primary key, first_name text, last_name text, Born text, "Values" text); create table posts (id integer); create table teams (id integer);
             create table UserRoles (id integer)`,
    sound: `create table users (id integer primary key, first_name text, last_name text)`,
    objects: ['users.Born', 'users.Values', 'UserRoles'],
  },
])

test('a database of two styles has no outliers', async () => {
  const { execute, examine } = await ward()
  await execute(
    `create table many (${['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name} integer`).join(', ')}, one_word text, two_words text, "oneWord" text)`,
  )
  expect(await examine(nameStyle)).toEqual([])
})

test('a better name that is a reserved word is none', async () => {
  const { execute, examine } = await ward()
  await execute(
    'create table users (id integer); create table posts (id integer); create table teams (id integer); create table "Order" (id integer)',
  )
  const found = await examine(nameStyle)
  expect(found).toMatchObject([{ object: 'Order', hint: expect.stringContaining('no reserved word') }])
  expect(found[0]?.sql).toBeUndefined()
})

import { expect, test } from 'vitest'
import { softDeleteUnique } from '../../../src/doctor/checks/soft-delete-unique.js'
import { clinic, ward } from '../clinic.js'

clinic(softDeleteUnique, [
  {
    name: 'unique keys that count deleted rows',
    broken: `create schema "Old"; create table "Old"."Users" (id integer primary key, "Email" text unique, team integer, handle text, "deletedAt" timestamptz);
             create unique index by_handle on "Old"."Users" (lower(handle), team desc) include (id) where team > 0`,
    sound: `create table users (id integer primary key, email text, no integer unique, handle text, deleted_at timestamptz, unique (email, deleted_at));
            create unique index on users (email) where deleted_at is null; create unique index on users (handle, coalesce(deleted_at, 'epoch'));
            create table posts (user_no integer references users (no), slug text unique, deleted boolean);
            create table events (slug text unique, removed_at timestamptz not null)`,
    objects: ['Old.Users_Email_key', 'Old.Users.by_handle'],
  },
  {
    name: 'a unique index of SQLite that counts deleted rows',
    engine: 'sqlite',
    broken: `create table users (id integer primary key, email text, name text, archived_at text);
             create unique index by_email on users (email collate nocase desc) where name <> ''`,
    sound: `create table users (id integer primary key, email text, archived_at text); create index by_email on users (email);
            create unique index live on users (email) where archived_at is null`,
    objects: ['users.by_email'],
  },
  {
    name: 'a unique constraint of SQLite that counts deleted rows',
    engine: 'sqlite',
    broken: `create table users (id integer primary key, email text unique, deleted_at integer)`,
    sound: `create table users (id integer primary key, email text, deleted_at integer); create table tags (name text unique, deleted text)`,
    objects: ['users_email_key'],
    mends: false,
  },
])

test('the new key is as the old one was, for rows that are not deleted', async () => {
  const { execute, examine } = await ward()
  await execute(`create table users (email text, team integer, deleted_at timestamp);
                 create unique index by_email on users (lower(email), team desc) nulls not distinct where team > 0`)
  expect((await examine(softDeleteUnique))[0]?.sql).toEqual([
    'CREATE UNIQUE INDEX users_email_team_live_key ON users USING btree (lower(email), team DESC) NULLS NOT DISTINCT WHERE ((team > 0)) AND deleted_at IS NULL;',
    'DROP INDEX by_email;',
  ])
})

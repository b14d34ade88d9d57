import { expect, test } from 'vitest'
import { columnWithoutTimestamps } from '../../../src/doctor/checks/column-without-timestamps.js'
import type { CompiledPipeline } from '../../../src/pipeline/compiled-pipeline.js'
import { clinic, ward } from '../clinic.js'

const writing = { children: [], bookkeeping: { createdAt: 'entered', updatedAt: 'touched' } }

clinic(columnWithoutTimestamps, [
  {
    name: 'a table that keeps neither, and one that keeps one of them',
    broken: `create table users (id integer primary key, name text, created boolean);
             create table "Teams" (id integer primary key, "leadName" text, "createdAt" timestamptz)`,
    sound: `create table users (id integer primary key, name text, created_at timestamptz, updated_at timestamptz);
            create table teams (id integer primary key, "dateCreated" date, "lastModified" timestamptz);
            create table orders (id integer primary key, order_creation_date date, changed timestamptz);
            create table images (img_id integer primary key, img_name text, img_timestamp timestamptz, updated_at timestamptz);
            create table seats (id integer primary key, user_id integer references users, team_id integer references teams);
            create table roles (user_id integer references users, team_id integer references teams, role text, primary key (user_id, team_id));
            create table labels (id integer primary key, label text); create table logs (a text, b text, c text);
            create table schema_migrations (version text primary key, dirty boolean, x text)`,
    objects: ['Teams', 'users'],
  },
  {
    name: 'a table without the columns of the configuration',
    broken: `create table users (id integer primary key, name text, entered timestamptz)`,
    sound: `create table users (id integer primary key, entered timestamptz, touched timestamptz)`,
    objects: ['users'],
    pipelines: [writing as unknown as CompiledPipeline],
  },
  {
    name: 'a table of SQLite',
    engine: 'sqlite',
    broken: `create table users (id integer primary key, name text, created_by text)`,
    sound: `create table users (id integer primary key, name text, inserted_at text, updated_on text)`,
    objects: ['users'],
    mends: false,
  },
])

test('the columns are written as the others are', async () => {
  const { execute, examine } = await ward()
  await execute(`create table users (id integer primary key, "firstName" text, email text)`)
  expect((await examine(columnWithoutTimestamps))[0]?.sql).toEqual([
    'ALTER TABLE users ADD COLUMN "createdAt" timestamptz NOT NULL DEFAULT now();',
    'ALTER TABLE users ADD COLUMN "updatedAt" timestamptz NOT NULL DEFAULT now();',
  ])
})

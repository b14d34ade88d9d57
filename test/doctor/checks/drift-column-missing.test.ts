import { boolean, integer, jsonb, pgEnum, pgTable, text, timestamp, varchar } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { driftColumnMissing } from '../../../src/doctor/checks/drift-column-missing.js'
import { clinic, ward } from '../clinic.js'

const mood = pgEnum('Mood', ['glad', 'sad'])
const users = pgTable('users', {
  id: integer('id').primaryKey(),
  email: varchar('E-Mail', { length: 40 }).notNull(),
  active: boolean('active').notNull().default(true),
  tags: text('tags').array(),
  settings: jsonb('settings').notNull().default({ it: "it's" }),
  mood: mood('mood').default('glad'),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
})

clinic(driftColumnMissing, [
  {
    name: 'columns that the table does not have',
    declared: [users],
    broken: `create type "Mood" as enum ('glad', 'sad'); create table users (id integer primary key, email text); insert into users values (1, 'a')`,
    sound: `create type "Mood" as enum ('glad', 'sad');
            create table users (created_at date, mood text, settings text, tags text, active text, "E-Mail" text, id text)`,
    objects: ['E-Mail', 'active', 'tags', 'settings', 'mood', 'created_at'].map((name) => `users.${name}`),
  },
  {
    name: 'a column that the file does not have',
    engine: 'sqlite',
    declared: [users],
    mends: false,
    broken: `create table users (id integer primary key, "E-Mail" text, active integer, tags text, settings text, mood text)`,
    sound: `create table users (id integer primary key, "E-Mail" text, active integer, tags text, settings text, mood text, created_at text)`,
    objects: ['users.created_at'],
  },
])

test('a column that must have a value is added without the demand, since rows may be there', async () => {
  const { execute, examine } = await ward()
  await execute(
    `create table users (id integer primary key, active boolean, tags text[], settings jsonb, created_at date)`,
  )
  const [email, feeling] = await examine(driftColumnMissing, { declared: [users] })
  expect(email?.sql).toEqual(['ALTER TABLE users ADD COLUMN "E-Mail" varchar(40);'])
  expect(email?.hint).toMatch(/need a value/)
  // The type would have to be made first.
  expect(feeling).toMatchObject({
    object: 'users.mood',
    hint: expect.stringContaining('drizzle-kit') as string,
  })
  expect(feeling?.sql).toBeUndefined()
})

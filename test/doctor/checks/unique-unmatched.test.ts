import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { sqliteTable, text as sqliteText } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { uniqueUnmatched } from '../../../src/doctor/checks/unique-unmatched.js'
import { parent } from '../../../src/index.js'
import { compilePipeline } from '../../../src/pipeline/compile-pipeline.js'
import type { CompiledPipeline } from '../../../src/pipeline/compiled-pipeline.js'
import type { AnyPipeline } from '../../../src/pipeline/define-pipeline.js'
import { clinic, ward } from '../clinic.js'

const users = pgTable('users', {
  id: integer('id').primaryKey(),
  email: text('email'),
  handle: text('handle'),
  publicId: uuid('public_id'),
})
const phones = pgTable('phones', { user: integer('user'), number: text('number'), sim: text('sim') })
const pets = sqliteTable('pets', { id: sqliteText('id').primaryKey(), chip: sqliteText('chip') })

function pipeline(definition: Partial<AnyPipeline>): CompiledPipeline {
  const { compiled, problems } = compilePipeline(
    {
      name: 'users',
      source: { files: 'x.json' },
      record: z.object({
        id: z.number(),
        mail: z.string(),
        phones: z.array(z.object({ number: z.string() })),
      }),
      key: 'id',
      target: users,
      columns: { id: 'id', email: 'mail' },
      ...definition,
    },
    { file: 'users.ts', dir: '/', policies: {}, limits: {}, bookkeeping: {} },
  )
  expect(problems).toEqual([])
  return compiled as CompiledPipeline
}

const withPhones = pipeline({
  children: [
    {
      name: 'phones',
      each: 'phones',
      record: z.object({ number: z.string() }),
      key: 'number',
      target: phones,
      columns: { user: parent(), number: 'number' },
    },
  ] as unknown as AnyPipeline['children'],
} as Partial<AnyPipeline>)

clinic(uniqueUnmatched, [
  {
    name: 'a key whose columns no pipeline provides',
    broken: `create table users (id integer primary key, email text unique, handle text unique); create unique index on users (email, handle);
             create table others (a text unique)`,
    sound: `create table users (id integer primary key, email text unique, handle text, public_id uuid unique default gen_random_uuid());
            create unique index on users (lower(email)) where handle is null; create table others (a text unique)`,
    objects: ['users_email_handle_idx', 'users_handle_key'],
    pipelines: [pipeline({})],
    mends: false,
  },
  {
    name: 'a key that is not to be matched on',
    broken: `create table users (id integer primary key, email text unique)`,
    sound: `create table users (id integer primary key, email text)`,
    objects: ['users_email_key'],
    pipelines: [pipeline({ match: [['id']] })],
    mends: false,
  },
  {
    name: 'a key of the rows of a child',
    broken: `create table users (id integer primary key); create table phones ("user" integer, number text unique, sim text unique)`,
    sound: `create table users (id integer primary key); create table phones ("user" integer, number text unique, sim text)`,
    objects: ['phones_sim_key'],
    pipelines: [withPhones],
    mends: false,
  },
  {
    name: 'a key of SQLite',
    engine: 'sqlite',
    broken: `create table pets (id text primary key, chip text, constraint chips unique (chip))`,
    sound: `create table pets (id text primary key, chip text)`,
    objects: ['pets.chips'],
    pipelines: [pipeline({ name: 'pets', target: pets, columns: { id: 'mail' }, key: 'id' })],
    mends: false,
  },
])

test('a key is matched when one of two pipelines matches on it', async () => {
  const { execute, examine } = await ward()
  await execute(`create table users (id integer primary key, email text unique)`)
  const pipelines = [pipeline({ match: [['id']] }), pipeline({ name: 'more', match: [['email']] })]
  expect(await examine(uniqueUnmatched, { pipelines })).toEqual([])
})

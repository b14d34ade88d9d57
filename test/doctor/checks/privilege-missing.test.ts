import { integer, pgSchema, pgTable, text } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { privilegeMissing } from '../../../src/doctor/checks/privilege-missing.js'
import { diagnose, type Finding } from '../../../src/doctor/diagnose.js'
import { child, definePipeline, reference, type Policies } from '../../../src/index.js'
import { compilePipeline } from '../../../src/pipeline/compile-pipeline.js'
import type { CompiledPipeline } from '../../../src/pipeline/compiled-pipeline.js'
import { ward } from '../clinic.js'
import { roleWard } from '../role-ward.js'

const teams = pgTable('teams', { id: integer('id').primaryKey(), slug: text('slug').unique() })
const users = pgTable('users', { id: integer('id').primaryKey(), team: integer('team') })
const invoices = pgSchema('Billing').table('invoices', {
  id: integer('id').primaryKey(),
  user: integer('user'),
})
const tables = `create table teams (id serial primary key, slug text unique); create table users (id serial primary key, team integer);
  create schema "Billing"; create table "Billing".invoices (id integer primary key, "user" integer); create table others (id integer primary key)`

const line = z.object({ id: z.number() })
const record = z.object({ id: z.number(), team: z.string(), bills: z.array(line) })

function usersPipeline(policies: Policies = {}) {
  const pipeline = definePipeline({
    name: 'users',
    source: { files: 'users.json' },
    record,
    key: 'id',
    target: users,
    columns: { id: 'id', team: reference(teams, 'team', { by: 'slug' }) },
    policies,
    children: [
      child({
        name: 'bills',
        each: 'bills',
        record: line,
        key: 'id',
        target: invoices,
        columns: { id: 'id' },
      }),
    ],
  })
  const context = { file: 'users.ts', dir: '/', policies: {}, limits: {}, bookkeeping: {} }
  const { compiled, problems } = compilePipeline(pipeline, context)
  expect(problems).toEqual([])
  return compiled as CompiledPipeline
}

/** What a role without rights of its own is told of a database. */
async function ground() {
  const { role, query, asRole } = await roleWard()
  await query(
    `do $$ begin execute format('grant create on database %I to ${role}', current_database()); end $$`,
  )
  const survey = () => asRole(({ audit }) => audit.survey([]))
  const examine = async (policies: Policies = {}): Promise<Finding[]> => {
    const patient = { survey: await survey(), pipelines: [usersPipeline(policies)] }
    return diagnose([privilegeMissing], patient as never)
  }
  return { role, query, survey, examine }
}

test('finds what the pipelines, their children and their references need, and its SQL grants it', async () => {
  const { role, query, examine } = await ground()
  await query(`${tables}; grant usage on schema public to ${role}; grant insert on users to ${role}`)
  const found = await examine()
  expect(found.map(({ object, message }) => [object, message])).toEqual([
    ['Billing', `The role ${role} may not use the schema Billing.`],
    ['Billing.invoices', `The role ${role} may not SELECT, INSERT, UPDATE where the pipelines do.`],
    ['teams', `The role ${role} may not SELECT where the pipelines do.`],
    ['users', `The role ${role} may not SELECT, UPDATE where the pipelines do.`],
  ])
  for (const { sql, locks } of found) {
    expect(locks).toBeTruthy()
    await query(sql.join('\n'))
  }
  expect(await examine()).toEqual([])
})

test('a pipeline that deletes what is gone needs to', async () => {
  const { role, query, examine } = await ground()
  await query(`${tables}; grant usage on schema public, "Billing" to ${role}; grant select on teams to ${role};
    grant select, insert, update on users, "Billing".invoices to ${role}`)
  expect(await examine()).toEqual([])
  const found = await examine({ missing: 'delete' })
  expect(found.map(({ sql }) => sql)).toEqual([
    [`GRANT DELETE ON "Billing".invoices TO ${role};`],
    [`GRANT DELETE ON users TO ${role};`],
  ])
})

test('a schema that the role may not even use is told, though it is on no search path', async () => {
  const { role, query, examine } = await ground()
  await query(`${tables}; grant select, insert, update on users, teams to ${role}`)
  const found = await examine()
  expect(found.map(({ object }) => object)).toContain('public')
  for (const { sql } of found) await query(sql.join('\n'))
  expect(await examine()).toEqual([])
})

test('of tables and sequences that may not be read, the numbers alone are not known', async () => {
  const { role, query, survey } = await ground()
  await query(`${tables}; insert into users default values; insert into teams default values;
    grant usage on schema public to ${role}; grant select on users to ${role}`)
  const state = async () =>
    (await survey()).sequences.map(({ table, max, last, next }) => [table, max, last, next])
  const told = await state()
  expect(told).toHaveLength(4)
  for (const nothing of ['others', 'Billing.invoices', 'teams'])
    expect(told).toContainEqual([nothing, null, null, null])
  expect(told).toContainEqual(['users', '1', null, null])
  await query(`revoke usage on schema public from ${role}`)
  expect((await state()).every(([, max]) => max === null)).toBe(true)
})

test('who owns the tables lacks nothing, and SQLite has no roles', async () => {
  const pipelines = [usersPipeline({ missing: 'delete' })]
  for (const engine of ['postgres', 'sqlite'] as const) {
    const { execute, examine } = await ward(engine)
    await execute('create table teams (id integer primary key); create table users (id integer primary key)')
    expect(await examine(privilegeMissing, { pipelines })).toEqual([])
  }
})

test('a ledger that the role may not make is told, or that it may not write to', async () => {
  const { role, query, asRole } = await roleWard()
  const grants = () => asRole(async ({ audit }) => (await audit.survey([])).connection.ledgerGrants)
  const [create = ''] = await grants()
  expect(create).toMatch(new RegExp(`^GRANT CREATE ON DATABASE .+ TO ${role};$`))
  await query(create)
  expect(await grants()).toEqual([])
  await query(
    'create schema carryover; create table carryover.runs (id integer); create table carryover.meta (id integer)',
  )
  await query(`grant select on all tables in schema carryover to ${role}`)
  const use = await grants()
  expect(use).toHaveLength(2)
  for (const statement of use) await query(statement)
  expect(await grants()).toEqual([])
})

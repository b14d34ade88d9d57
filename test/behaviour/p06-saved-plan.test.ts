import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run, type ApplyOptions, type PlanOptions, type RunReport } from '../../src/index.js'
import { comparable } from './comparable.js'
import { addPipeline } from './extra-pipeline.js'
import { legacy } from './fixture-data.js'
import { layGround, promise, type Ground } from './ground.js'
import { layThings } from './things.js'

const file = 'plan.json'

promise('a saved plan is the run, or is refused', (ground) => {
  test('it is applied while nothing has changed, and its counts are those of the run', async () => {
    await fill(ground)
    const planned = await save(ground)
    expect(planned).toMatchObject({ status: 'rejects', savedPlan: file })
    const done = await apply(ground)
    expect(done).toMatchObject({ status: 'rejects', errors: [], runId: 1 })
    expect(comparable(done)).toEqual(comparable(planned))
  })

  test('it is applied to a database with rows, edits, removals and second passes', async () => {
    await settledGround(ground)
    const policies = { missing: 'delete', duplicates: 'last' } as const
    const planned = await save(ground, { policies })
    // The policies of the plan are those that run.
    const done = await apply(ground)
    expect(done.errors).toEqual([])
    expect(comparable(done)).toEqual(comparable(planned))
  })

  test.each([1, 2, 7, 1000])('it is the same plan with batches of %i records', async (batch) => {
    await settledGround(ground)
    await save(ground, { policies: { missing: 'delete' } })
    expect((await apply(ground, { batch })).errors).toEqual([])
  })

  test('one of an atomic pipeline that will be rolled back is applied as far as that', async () => {
    await fill(ground)
    const planned = await save(ground, { policies: { atomic: 'pipeline' } })
    expect(planned.errors.map(({ code }) => code)).toContain('run.rolled_back')
    const done = await apply(ground)
    expect(done).toMatchObject({ exitCode: 4, errors: planned.errors })
    expect(comparable(done)).toEqual(comparable(planned))
  })

  test('applied twice, it is refused: what it would do is done', async () => {
    await fill(ground)
    await save(ground)
    await apply(ground)
    await expectStale(ground, /^- people: \d records would now be treated differently: 1, /m)
  })

  test('a plan that changes nothing can be applied again and again', async () => {
    await fill(ground)
    await ground.run()
    await save(ground)
    for (const _ of [1, 2]) expect((await apply(ground)).errors).toEqual([])
  })

  test('a changed pipeline is named', async () => {
    await fill(ground)
    await save(ground)
    await append(ground, 'pipelines/people.ts', '\n// a word')
    await expectStale(ground, /^- definitions have changed: pipelines\/people\.ts$/m)
  })

  test('a changed module that a pipeline imports is named', async () => {
    await fill(ground)
    await save(ground)
    await append(ground, 'schema.ts', '\nexport const more = 1')
    await expectStale(ground, /^- definitions have changed: schema\.ts$/m)
  })

  test('a changed source is named, and the records that it changes', async () => {
    await fill(ground)
    await ground.run()
    await save(ground)
    await ground.source('tickets', [{ ...legacy.tickets[0], title: 'another' }, ...legacy.tickets.slice(1)])
    const { message } = await expectStale(ground, /^- tickets: its source has changed: data\/tickets\.json$/m)
    expect(message).toMatch(/^- tickets: 1 record would now be treated differently: 10 \(updated 0 → 1, /m)
  })

  test('a row that was to be written and was edited meanwhile is named by its record', async () => {
    await settledGround(ground)
    await save(ground)
    await ground.query(`update tickets set title = 'edited' where id = 10`)
    await expectStale(
      ground,
      /^- tickets: 1 record would now be treated differently: 10 \(updated 1 → 0, kept 0 → 1\)$/m,
    )
  })

  test('a row that was to be updated and was deleted meanwhile is named by its record', async () => {
    await settledGround(ground)
    await save(ground)
    await ground.query(`delete from tickets where id = 10`)
    await expectStale(ground, /^- tickets: 1 record would now be treated differently: 10 \(/m)
  })

  test('a new row that takes a unique value is named by the record that wanted it', async () => {
    await layThings(ground)
    await ground.source('things', [{ key: 'a', id: 1, slug: 'one' }])
    await save(ground, { only: ['things'] })
    await ground.query(`insert into things (id, slug) values (7, 'one')`)
    await expectStale(ground, /^- things: 1 record would now be treated differently: a \(inserted 1 → 0, /m)
  })

  test('a run in between is named', async () => {
    await fill(ground)
    await save(ground)
    await ground.run({ only: ['organizations'] })
    const { message } = await expectStale(ground, /^- organizations: \d records would now be treated/m)
    expect(message).toMatch(/^- run 1 \(.*Z\) was made since$/m)
  })

  test('a run in between that has nothing to do with it is none of its business', async () => {
    await layThings(ground)
    await ground.source('things', [{ key: 'a', id: 1, slug: 'one' }])
    await fill(ground)
    await save(ground, { only: ['things'] })
    await ground.run({ only: ['organizations'] })
    expect((await apply(ground)).errors).toEqual([])
  })

  test('another database is named', async () => {
    await fill(ground)
    await save(ground)
    const other = await layGround(ground.engine)
    const report = await run({ cwd: ground.dir, env: {}, plan: file, database: other.url })
    expect(report).toMatchObject({ status: 'stale', exitCode: 5, runId: null, pipelines: [] })
    expect(report.errors[0]?.message).toMatch(/^- the database is \S+ .*, the plan was made for /m)
    expect(await other.query('select * from organizations')).toEqual([])
  })

  test('rows that the plan did not look at may be edited', async () => {
    await settledGround(ground)
    const planned = await save(ground)
    // Its record has not changed, so nobody looks whether the row has.
    await ground.query(`update tickets set title = 'edited by hand' where id = 40`)
    await ground.query(`insert into tickets (id, title) values (9000, 'nobody knows')`)
    const done = await apply(ground)
    expect(done.errors).toEqual([])
    expect(comparable(done)).toEqual(comparable(planned))
  })

  test('a source that is a function is told by its records', async () => {
    await layGenerated(ground, 1)
    await ground.run({ only: ['letters'] })
    await save(ground, { only: ['letters'] })
    expect((await apply(ground)).errors).toEqual([])
    await save(ground, { only: ['letters'] })
    setGenerated(2)
    await expectStale(ground, /^- letters: its source gives other records$/m)
  })

  test.each([1, 1000])('rows of children are part of it, with batches of %i records', async (batch) => {
    await layCrates(ground)
    await ground.source('crates', crates({ apples: 3, pears: 4 }))
    await ground.run({ only: ['crates'] })
    await ground.source('crates', crates({ apples: 5, plums: 6 }))
    const planned = await save(ground, { only: ['crates'] })
    expect(planned.pipelines[0]?.rows).toEqual({ inserted: 1, updated: 1, deleted: 1 })
    await ground.query(`update items set quantity = 9 where what = 'apples'`)
    await expectStale(ground, /^- crates: 1 record would now be treated differently/m)
    await ground.query(`update items set quantity = 3 where what = 'apples'`)
    const done = await apply(ground, { batch })
    expect(done.errors).toEqual([])
    expect(comparable(done)).toEqual(comparable(planned))
  })

  test('records that are gone are part of it: a row that must stay now is named', async () => {
    const dozen = Array.from({ length: 12 }, (_, index) => ({ id: index, slug: `s${index}`, name: 'some' }))
    await ground.source('organizations', dozen)
    await ground.run()
    await ground.source('organizations', dozen.slice(1))
    const policies = { missing: 'delete' } as const
    const planned = await save(ground, { policies, only: ['organizations'] })
    expect(planned.totals).toMatchObject({ removed: 1 })
    await ground.query(`update organizations set name = 'edited' where slug = 's0'`)
    await expectStale(
      ground,
      /^- organizations: 1 record would now be treated differently: 0 \(removed 1 → 0\)$/m,
    )
    await ground.query(`update organizations set name = 'some' where slug = 's0'`)
    expect((await apply(ground)).totals).toMatchObject({ removed: 1 })
  })

  test('other pipelines than those of the plan are a wrong command', async () => {
    await fill(ground)
    await save(ground, { only: ['organizations'] })
    const other = await apply(ground, { only: ['tickets'] })
    expect(other).toMatchObject({ exitCode: 64, errors: [{ code: 'usage.plan_selection' }] })
    const policies = await apply(ground, { policies: { adopt: 'keep' } })
    expect(policies).toMatchObject({ exitCode: 64, errors: [{ code: 'usage.plan_selection' }] })
    const same = await apply(ground, { only: ['organizations'] })
    expect(same.pipelines.map(({ name }) => name)).toEqual(['organizations'])
  })

  test('definitions that are older are refused with a plan too', async () => {
    await fill(ground)
    await ground.run({ only: ['organizations'] })
    const path = join(ground.dir, 'pipelines/organizations.ts')
    const text = await readFile(path, 'utf8')
    await append(ground, 'pipelines/organizations.ts', '\n// newer')
    await ground.run({ only: ['organizations'] })
    await writeFile(path, text)
    expect((await save(ground, { only: ['organizations'] })).errors).toMatchObject([
      { code: 'run.older_definitions' },
    ])
    expect((await apply(ground)).errors).toMatchObject([{ code: 'run.older_definitions' }])
    expect((await apply(ground, { allowOlder: true })).errors).toEqual([])
  })

  test('the file holds no key and no value, and nobody but its owner may read it', async () => {
    await fill(ground)
    await save(ground)
    const path = join(ground.dir, file)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const text = await readFile(path, 'utf8')
    for (const value of ['ada@example.org', 'Ada', 'Acme', 'acme-2', '10.5', 'default', 'first'])
      expect(text).not.toContain(value)
  })
})

test('a plan that fails is not saved', async () => {
  const ground = await layGround('sqlite')
  await ground.file('data/people.json', '[{')
  const planned = await ground.plan({ out: file })
  expect(planned).toMatchObject({ status: 'failed', exitCode: 1 })
  expect(planned.savedPlan).toBeUndefined()
  await expect(stat(join(ground.dir, file))).rejects.toThrow('ENOENT')
})

test('a plan that cannot be saved fails', async () => {
  const ground = await layGround('sqlite')
  const planned = await ground.plan({ out: 'no/such/folder/plan.json' })
  expect(planned).toMatchObject({ status: 'failed', exitCode: 1, errors: [{ code: 'plan.not_written' }] })
})

test('a rehearsal is not saved', async () => {
  const ground = await layGround('sqlite')
  const planned = await ground.plan({ out: file, rehearse: true })
  expect(planned).toMatchObject({ exitCode: 64, errors: [{ code: 'usage.rehearsed_plan' }] })
})

test('a replay of rejects is not saved, nor is a saved plan a replay', async () => {
  const ground = await layGround('sqlite')
  const refused = { exitCode: 64, errors: [{ code: 'usage.replayed_plan' }] }
  expect(await ground.plan({ out: file, rejects: true })).toMatchObject(refused)
  expect(await ground.run({ plan: file, rejects: true })).toMatchObject(refused)
})

test('a run whose plan cannot be read is a wrong command, and writes nothing', async () => {
  const ground = await layGround('sqlite')
  const report = await apply(ground)
  expect(report).toMatchObject({ status: 'failed', exitCode: 64, errors: [{ code: 'plan.unreadable' }] })
})

async function save(ground: Ground, options: PlanOptions = {}): Promise<RunReport> {
  const planned = await ground.plan({ out: file, ...options })
  expect(planned.savedPlan).toBe(file)
  return planned
}

function apply(ground: Ground, options: ApplyOptions = {}): Promise<RunReport> {
  return ground.run({ plan: file, ...options })
}

/** The plan is refused with exit code 5, a line of the error says why, and nothing is written. */
async function expectStale(ground: Ground, line: RegExp): Promise<{ message: string }> {
  const before = await everythingIn(ground)
  const report = await apply(ground)
  expect(report).toMatchObject({ status: 'stale', exitCode: 5, runId: null, pipelines: [] })
  expect(report.errors.map(({ code }) => code)).toEqual(['plan.stale'])
  const [error = { message: '' }] = report.errors
  expect(error.message).toMatch(line)
  expect(await everythingIn(ground)).toEqual(before)
  return error
}

async function fill(ground: Ground): Promise<void> {
  for (const [name, records] of Object.entries(legacy)) await ground.source(name, records)
}

/** A target that was loaded once, and a source with changed, new, returning and missing records since. */
async function settledGround(ground: Ground): Promise<void> {
  await fill(ground)
  await ground.run()
  await ground.source('people', [
    { ...legacy.people[0], age: 37, handle: null },
    { id: 2, email: 'second@example.org' },
    { id: 4, email: 'cyd@example.org', org: 'late' },
    { id: 5, email: 'dan@example.org', age: 1 },
    { id: 9, email: 'fay@example.org', balance: '0.2', org: 'acme-2' },
    { id: 8, email: 'gus@example.org' },
    { id: 10, email: 'SECOND@example.org', handle: 'Ada' },
  ])
  await ground.source('organizations', [...legacy.organizations, { id: 'late', slug: 'late', name: 'Late' }])
  await ground.source('tickets', [
    { id: 10, title: 'first, renamed', author: 1 },
    { id: 40, title: 'second', author: 8 },
    { id: 42, title: 'new', author: 5 },
  ])
}

async function append(ground: Ground, path: string, text: string): Promise<void> {
  await ground.file(path, (await readFile(join(ground.dir, path), 'utf8')) + text)
}

/** A pipeline whose field is not mapped, so that another value changes no decision. */
async function layGenerated(ground: Ground, value: number): Promise<void> {
  setGenerated(value)
  await addPipeline(
    ground,
    'letters',
    `
export const letters = pg.pgTable('letters', { id: pg.integer('id').primaryKey() })
export default definePipeline({
  name: 'letters',
  source: async function* () { yield { id: 1, more: (globalThis as { carryoverValue?: number }).carryoverValue } },
  record: z.object({ id: z.number() }),
  key: 'id',
  target: letters,
  columns: { id: 'id' },
})
`,
    'create table letters (id integer primary key)',
  )
}

function setGenerated(value: number): void {
  Object.assign(globalThis, { carryoverValue: value })
}

async function layCrates(ground: Ground): Promise<void> {
  await addPipeline(
    ground,
    'crates',
    `
import { child, parent } from 'carryover'
export const crates = pg.pgTable('crates', { id: pg.integer('id').primaryKey() })
export const items = pg.pgTable('items', {
  crateId: pg.integer('crate_id').notNull(), what: pg.text('what').notNull(), quantity: pg.integer('quantity').notNull(),
}, (table) => [pg.primaryKey({ columns: [table.crateId, table.what] })])
export default definePipeline({
  name: 'crates',
  source: { files: '../data/crates.json' },
  record: z.object({ id: z.number(), items: z.array(z.unknown()) }),
  key: 'id',
  target: crates,
  columns: { id: 'id' },
  children: [child({
    name: 'items',
    each: 'items',
    record: z.object({ what: z.string(), quantity: z.number() }),
    key: 'what',
    target: items,
    columns: { crateId: parent(), what: 'what', quantity: 'quantity' },
  })],
})
`,
    `create table crates (id integer primary key);
     create table items (crate_id integer not null, what text not null, quantity integer not null, primary key (crate_id, what))`,
  )
}

/** Two crates, the second of them always the same. */
function crates(items: Record<string, number>): unknown {
  const itemsOf = (given: Record<string, number>) =>
    Object.entries(given).map(([what, quantity]) => ({ what, quantity }))
  return [
    { id: 1, items: itemsOf(items) },
    { id: 2, items: itemsOf({ nuts: 1 }) },
  ]
}

/** Every row of the target, and of the ledger where it is there. */
async function everythingIn(ground: Ground): Promise<unknown> {
  const there = await ground.query(
    ground.engine === 'sqlite'
      ? `select name from sqlite_master where type = 'table' order by 1`
      : `select schemaname || '.' || relname as name from pg_stat_user_tables order by 1`,
  )
  return Promise.all(there.map(async ({ name }) => [name, await rowsOf(ground, String(name))]))
}

async function rowsOf(ground: Ground, table: string): Promise<string[]> {
  const rows = await ground.query(`select * from ${table}`)
  return rows.map((row) => JSON.stringify(row)).toSorted()
}

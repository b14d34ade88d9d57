import pg from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { migrate, type RunReport } from '../../src/index.js'
import { startServer } from '../postgres/start-server.js'
import { startProxy } from '../postgres/start-proxy.js'
import { comparable } from './comparable.js'
import { addPipeline } from './extra-pipeline.js'
import { layGround, type Ground, type Row } from './ground.js'

const carts = `
import { child, parent } from 'carryover'
import people from './people.js'
import { people as peopleTable } from '../schema.js'

export const carts = pg.pgTable('carts', {
  id: pg.integer('id').primaryKey(),
  personId: pg.uuid('person_id').notNull().references(() => peopleTable.id),
})
export const cartLines = pg.pgTable('cart_lines', {
  cartId: pg.integer('cart_id').notNull().references(() => carts.id),
  sku: pg.text('sku').notNull(),
}, (table) => [pg.primaryKey({ columns: [table.cartId, table.sku] })])

export default definePipeline({
  name: 'carts',
  source: { files: '../data/carts.json' },
  record: z.object({ id: z.number(), person: z.number(), lines: z.array(z.object({ sku: z.string() })) }),
  key: 'id',
  target: carts,
  columns: { id: 'id', personId: reference(people, 'person') },
  children: [
    child({
      name: 'lines',
      each: 'lines',
      record: z.object({ sku: z.string() }),
      key: 'sku',
      target: cartLines,
      columns: { cartId: parent(), sku: 'sku' },
    }),
  ],
})
`
const cartTables = `
create table carts (id integer primary key, person_id uuid not null references people (id));
create table cart_lines (cart_id integer not null references carts (id), sku text not null, primary key (cart_id, sku))
`

const people = Array.from({ length: 1_000 }, (_, index) => ({
  id: index,
  email: `p${index}@example.org`,
  org: index % 7 === 0 ? null : index % 50,
  // Every hundredth is refused by the table.
  age: index % 100 === 99 ? -1 : index % 90,
}))

describe('lost connections', () => {
  const ground = {} as Ground
  beforeEach(async () => {
    Object.assign(ground, await layGround('postgres'))
    await fill(ground)
  })

  test('a run whose connections are ended all the time completes, and comes to what an undisturbed run does', async () => {
    const calm = await layGround('postgres')
    await fill(calm)
    const undisturbed = await calm.run({ batch: 1_000 })

    // As often as this machine can bear: what a batch takes on it must fit between two losses.
    const pauseMs = Math.max(200, undisturbed.durationMs / 10)
    let ended = 0
    const disturbed = await meanwhile(
      () => ground.run({ batch: 1_000 }),
      async () => {
        ended += await endConnections(ground.query)
        await sleep(pauseMs)
      },
    )
    expect(disturbed.errors).toEqual([])
    expect(ended).toBeGreaterThan(2)
    expect(comparable(disturbed)).toEqual(comparable(undisturbed))
    expect(disturbed.exitCode).toBe(undisturbed.exitCode)
    expect(disturbed.pipelines.map(({ verification }) => verification.ok)).toEqual([true, true, true, true])
    expect(await rowsOf(ground.query)).toEqual(await rowsOf(calm.query))
  }, 300_000)

  test('a server that crashes and comes back in the middle of a run only delays it', async () => {
    const undisturbed = await ground.run({ batch: 500 })
    const server = await startServer(16, { settings: '-c fsync=on -c synchronous_commit=on' })
    onTestFinished(() => server.stop())
    await query(server.url, await readFile(new URL('fixture/schema.sql', import.meta.url), 'utf8'))
    await query(server.url, cartTables)

    const running = ground.run({ batch: 500, database: server.url })
    await until(async () => Number((await query(server.url, countPeople))[0]?.['n']) > 0)
    await server.crash()
    const disturbed = await running
    expect(disturbed.errors).toEqual([])
    expect(comparable(disturbed)).toEqual(comparable(undisturbed))
    expect(await rowsOf((sql) => query(server.url, sql))).toEqual(await rowsOf(ground.query))
  }, 300_000)

  test('a deadlock with a live application passes', async () => {
    await ground.run()
    await ground.source('people', renamed())
    const writer = await openWriter(ground)
    // The run waits first and longest: it is the one that the server ends.
    await writer.query(`set deadlock_timeout = '1min'`)
    await writer.query(`begin; update people set nickname = nickname where email = 'p500@example.org'`)
    // Of one record a batch would hold nothing that the application waits for.
    const running = ground.run({ only: ['people'], batch: 1_000 })
    await until(async () => (await ground.query(waiting)).length > 0)
    await writer.query(`update people set nickname = nickname`)
    await writer.query('commit')
    expect(await running).toMatchObject({ errors: [], totals: { updated: 990 } })
    await until(async () => Number((await ground.query(deadlocks))[0]?.['deadlocks']) > 0)
  })

  test('a transaction that cannot be put in a line with those of a live application passes', async () => {
    const name = new URL(ground.url).pathname.slice(1)
    await ground.run()
    await ground.query(`alter database ${name} set default_transaction_isolation = 'repeatable read'`)
    await ground.source('people', renamed())
    const writer = await openWriter(ground)
    await writer.query(`begin; update people set nickname = nickname where email = 'p500@example.org'`)
    const running = ground.run({ only: ['people'] })
    await until(async () => (await ground.query(waiting)).length > 0)
    await writer.query('commit')
    expect(await running).toMatchObject({ errors: [], totals: { updated: 990 } })
  })

  test('a lock that a live application holds for longer than the lock time-out passes', async () => {
    await ground.run()
    await ground.source('people', renamed())
    const writer = await openWriter(ground)
    await writer.query(`begin; update people set nickname = nickname where email = 'p500@example.org'`)
    const running = ground.run({ only: ['people'], lockTimeoutMs: 100 })
    await until(async () => (await ground.query(waiting)).length > 0)
    await until(async () => (await ground.query(waiting)).length === 0)
    await writer.query('commit')
    expect(await running).toMatchObject({ errors: [], totals: { updated: 990 } })
  })

  test('what does not pass ends the run, which says how often it was tried', async () => {
    await ground.run()
    await ground.source('people', renamed())
    await ground.file('carryover.config.ts', `export default { timeouts: { lockMs: 50, retryMs: 700 } }`)
    const writer = await openWriter(ground)
    await writer.query('begin; lock table people in share mode')
    const report = await ground.run({ only: ['people'] })
    expect(report).toMatchObject({ status: 'failed', exitCode: 1 })
    expect(report.errors).toEqual([
      {
        code: 'database.lock_timeout',
        message: expect.stringMatching(/It was tried \d+ times in 0\.\d s\.$/),
        hint: expect.stringContaining('--lock-timeout'),
      },
    ])
  })

  test('a run that is told to end does so while a server does not answer', async () => {
    const proxy = await startProxy(ground.url)
    onTestFinished(() => proxy.stop())
    const writer = await openWriter(ground)
    await writer.query('begin; lock table people in access exclusive mode')
    const running = ground.run({ database: proxy.url, timeoutMs: 4_000, lockTimeoutMs: 60_000 })
    await until(async () => (await ground.query(waiting)).length > 0)
    proxy.goSilent()
    expect((await running).errors).toMatchObject([{ code: 'run.timeout' }])
  })
})

test('a migration that waits for a lock ends when the command is told to', async () => {
  const ground = await layGround('postgres')
  await mkdir(join(ground.dir, 'drizzle/meta'), { recursive: true })
  const entries = [{ idx: 0, version: '7', when: 1, tag: '0000_wait', breakpoints: true }]
  await ground.file(
    'drizzle/meta/_journal.json',
    JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
  )
  await ground.file('drizzle/0000_wait.sql', 'alter table people add column late integer')
  const writer = await openWriter(ground)
  await writer.query('begin; lock table people')
  const options = { cwd: ground.dir, database: ground.url, env: {}, lockTimeoutMs: 60_000 }
  expect(await migrate({ ...options, timeoutMs: 2_000 })).toMatchObject({
    exitCode: 130,
    applied: [],
    errors: [{ code: 'run.timeout' }],
  })
  await writer.query('commit')
  expect(await migrate(options)).toMatchObject({ exitCode: 0, applied: ['0000_wait'] })
})

async function fill(ground: Ground): Promise<void> {
  await addPipeline(ground, 'carts', carts, cartTables)
  await ground.source(
    'organizations',
    Array.from({ length: 50 }, (_, id) => ({ id, slug: `o${id}`, name: `Organization ${id}` })),
  )
  await ground.source('people', people)
  await ground.source(
    'tickets',
    people.map(({ id }) => ({ id: id + 1, title: `t${id}`, author: id })),
  )
  await ground.source(
    'carts',
    people.map(({ id }) => ({ id, person: id, lines: [{ sku: `a${id}` }, { sku: `b${id}` }] })),
  )
}

function renamed(): object[] {
  return people.map((person) => ({ ...person, nickname: `n${person.id}` }))
}

/** Everything that came of the run, in an order of its own. */
async function rowsOf(ask: (sql: string) => Promise<Row[]>): Promise<Row[][]> {
  const tables = ['organizations', 'people', 'tickets', 'carts', 'cart_lines']
  const ledger = `select pipeline, legacy_key, target, row_key, fingerprint, role, made from carryover.records l order by l::text`
  return Promise.all([...tables.map((name) => ask(`select * from ${name} t order by t::text`)), ask(ledger)])
}

const ours = `from pg_stat_activity where application_name = 'carryover' and datname = current_database()`
const waiting = `select pid ${ours} and wait_event_type = 'Lock'`
const deadlocks = `select deadlocks::int from pg_stat_database where datname = current_database()`
const countPeople = `select count(*)::int as n from people`

async function endConnections(ask: (sql: string) => Promise<Row[]>): Promise<number> {
  return (await ask(`select pg_terminate_backend(pid) ${ours}`)).length
}

/** Does `disturb` again and again while `work` is going on. */
async function meanwhile(work: () => Promise<RunReport>, disturb: () => Promise<void>): Promise<RunReport> {
  const state = { working: true }
  const working = work().finally(() => (state.working = false))
  while (state.working) await disturb()
  return working
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(5)
}

async function openWriter({ url }: Ground): Promise<pg.Client> {
  const writer = new pg.Client(url)
  // The database is dropped from under it.
  writer.on('error', () => undefined)
  await writer.connect()
  onTestFinished(() => writer.end())
  return writer
}

async function query(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunReport } from '../../src/index.js'
import { freshDatabase } from '../postgres/fresh-database.js'
import { noPooler, startPooler, unlessTested, type Pooler } from '../postgres/start-pgbouncer.js'
import { startCarryover, type CarryoverProcess } from './carryover-process.js'
import { legacy } from './fixture-data.js'
import { addGatedPipeline } from './gated-pipeline.js'
import { layGround, type Ground } from './ground.js'

const limitMs = 300_000

describe('of ten processes that start together one works at a time, and the result is that of one run', () => {
  test(
    'on SQLite',
    async () => {
      expect(await tenProcesses('sqlite')).toEqual(await oneRun('sqlite'))
    },
    limitMs,
  )

  test(
    'on Postgres',
    async () => {
      expect(await tenProcesses('postgres')).toEqual(await oneRun('postgres'))
    },
    limitMs,
  )

  describe.skipIf(noPooler)(`behind a transaction pooler${unlessTested}`, () => {
    let pooler: Pooler
    beforeAll(async () => {
      pooler = await startPooler((await freshDatabase()).url)
    })
    afterAll(() => pooler?.stop())

    test(
      'on Postgres',
      async () => {
        expect(await tenProcesses('postgres', pooler)).toEqual(await oneRun('postgres'))
      },
      limitMs,
    )
  })
})

/** What came of it: the totals of the run that worked first, and what the database holds. */
interface Came {
  totals: RunReport['totals'] | undefined
  held: unknown
}

/** Five of them wait, five do not; the one that gets the lock works until all others have met it. */
async function tenProcesses(engine: Ground['engine'], pooler?: Pooler): Promise<Came> {
  const ground = await layGround(engine)
  const gate = await addGatedPipeline(ground)
  await fill(ground)
  const url = pooler?.through(ground.url) ?? ground.url

  const start = (args: readonly string[]) => startCarryover(ground, ['run', ...args], url)
  const leaving = Array.from({ length: 5 }, () => start([]))
  const waiting = Array.from({ length: 5 }, () => start(['--wait=250s']))
  await gate.reached()
  const left = new Set<CarryoverProcess>()
  for (const one of leaving) void one.ended.then(() => left.add(one))
  const isTold = (one: CarryoverProcess) => one.said().includes('waiting up to')
  while (left.size + waiting.filter(isTold).length < 9) await sleep(50)
  const whoLeft = left.size
  await gate.open()

  const ends = await Promise.all([...leaving, ...waiting].map((one) => one.ended))
  const refused = ends.filter(({ exitCode }) => exitCode === 3)
  expect(refused).toHaveLength(whoLeft)
  for (const { report } of refused) {
    expect(report).toMatchObject({ status: 'locked', runId: null, errors: [{ code: 'run.locked' }] })
  }
  // The fixture has more rejects than the limit admits.
  const worked = ends.filter(({ exitCode }) => exitCode === 4).map(({ report }) => report)
  const [first, ...others] = worked.toSorted((a, b) => Number(a.runId) - Number(b.runId))
  expect([first, ...others].map((report) => report?.runId)).toEqual(
    Array.from({ length: 10 - whoLeft }, (_, index) => index + 1),
  )
  for (const { totals } of others) expect(totals).toMatchObject({ inserted: 0, updated: 0 })
  return { totals: first?.totals, held: await heldIn(ground) }
}

/** The same, done by one run alone. */
async function oneRun(engine: Ground['engine']): Promise<Came> {
  const ground = await layGround(engine)
  await (await addGatedPipeline(ground)).open()
  await fill(ground)
  const { totals } = await ground.run()
  return { totals, held: await heldIn(ground) }
}

async function fill(ground: Ground): Promise<void> {
  for (const [name, records] of Object.entries(legacy)) await ground.source(name, records)
}

/** Target rows and what the ledger has of them. */
async function heldIn(ground: Ground): Promise<unknown> {
  const tables = [
    'organizations',
    'people',
    'tickets',
    'letters',
    ground.ledger('records'),
    ground.ledger('rejects'),
  ]
  const rows = await Promise.all(tables.map((table) => ground.query(`select * from ${table}`)))
  const lease = await ground.query(`select * from ${ground.ledger('lease')}`)
  return [...rows, lease].map((table) => table.map((row) => JSON.stringify(row)).toSorted())
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../postgres/fresh-database.js'
import { behindPooler, noPooler, startPooler, type Pooler } from '../postgres/start-pgbouncer.js'
import { startCarryover, type CarryoverProcess } from './carryover-process.js'
import { legacy } from './fixture-data.js'
import { addGatedPipeline } from './gated-pipeline.js'
import { layGround, type Ground } from './ground.js'

const limitMs = 180_000

describe('of ten processes that start together one works at a time, and the result is that of one run', () => {
  test('on SQLite', () => tenProcesses('sqlite'), limitMs)

  test('on Postgres', () => tenProcesses('postgres'), limitMs)

  describe.skipIf(noPooler)(behindPooler, () => {
    let pooler: Pooler
    beforeAll(async () => {
      pooler = await startPooler((await freshDatabase()).url)
    })
    afterAll(() => pooler?.stop())

    test('on Postgres', () => tenProcesses('postgres', pooler), limitMs)
  })
})

/** Five of them wait, five do not; the one that gets the lock works until all others have met it. */
async function tenProcesses(engine: Ground['engine'], pooler?: Pooler): Promise<void> {
  const ground = await layGround(engine)
  const gate = await addGatedPipeline(ground)
  await fill(ground)
  const url = pooler?.through(ground.url) ?? ground.url

  const start = (args: readonly string[]) => startCarryover(ground, ['run', ...args], url)
  const leaving = Array.from({ length: 5 }, () => start([]))
  const waiting = Array.from({ length: 5 }, () => start(['--wait=150s']))
  const all = [...leaving, ...waiting]
  await gate.reached()
  const left = new Set<CarryoverProcess>()
  for (const one of leaving) void one.ended.then(() => left.add(one))
  const haveMet = () => left.size + waiting.filter((one) => one.said().includes('waiting up to')).length
  while (haveMet() < 9) await new Promise((resolve) => setTimeout(resolve, 50))
  await gate.open()

  const ends = await Promise.all(all.map((one) => one.ended))
  const refused = ends.slice(0, 5).filter(({ exitCode }) => exitCode === 3)
  expect(refused).toHaveLength(left.size)
  for (const { report } of refused) {
    expect(report).toMatchObject({ status: 'locked', runId: null, errors: [{ code: 'run.locked' }] })
  }
  // Rejects of the fixture are more than the limit admits.
  const worked = ends.filter(({ exitCode }) => exitCode === 4).map(({ report }) => report)
  expect(worked).toHaveLength(10 - left.size)
  expect(worked.map((report) => report.runId).toSorted()).toEqual(worked.map((_, index) => index + 1))

  const single = await layGround(engine)
  await (await addGatedPipeline(single)).open()
  await fill(single)
  const alone = await single.run()
  const [first, ...others] = worked.toSorted((a, b) => Number(a.runId) - Number(b.runId))
  expect(first?.totals).toEqual(alone.totals)
  for (const other of others) expect(other.totals).toMatchObject({ inserted: 0, updated: 0 })
  expect(await resultOf(ground)).toEqual(await resultOf(single))
}

async function fill(ground: Ground): Promise<void> {
  for (const [name, records] of Object.entries(legacy)) await ground.source(name, records)
}

/** Target rows and what the ledger has of them. */
async function resultOf(ground: Ground): Promise<unknown> {
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

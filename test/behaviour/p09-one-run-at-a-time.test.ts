import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunReport } from '../../src/index.js'
import { addPipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'

/** A pipeline whose source stays open until the test lets it go. */
const gated = `
export const letters = pg.pgTable('letters', { id: pg.integer('id').primaryKey() })
export default definePipeline({
  name: 'letters',
  source: async function* () {
    yield { id: 1 }
    const gate = (globalThis as { carryoverGate?: { reached(): void; opened: Promise<void> } }).carryoverGate
    gate?.reached()
    await gate?.opened
    yield { id: 2 }
  },
  record: z.object({ id: z.number() }),
  key: 'id',
  target: letters,
  columns: { id: 'id' },
})
`

/** One that fails in the middle of its run. */
const failing = gated.replace('const gate =', "throw new Error('no more')\n    const gate =")

promise('two runs at once do not interleave', (ground) => {
  test('the second leaves with exit code 3 and has written nothing', async () => {
    const { second, first } = await twoRuns(ground, () => ground.run({ only: ['letters'] }))
    expect(second).toMatchObject({ status: 'locked', exitCode: 3, runId: null, pipelines: [] })
    expect(second.errors.map((error) => error.code)).toEqual(['run.locked'])
    expect(first).toMatchObject({ status: 'ok', exitCode: 0, totals: { inserted: 2 } })
    expect(await runsOf(ground)).toEqual(['ok'])
  })

  test('the second waits as long as it is told, and then leaves', async () => {
    const { second } = await twoRuns(ground, () => ground.run({ only: ['letters'], waitMs: 300 }))
    expect(second.exitCode).toBe(3)
    expect(second.durationMs).toBeGreaterThanOrEqual(300)
  })

  test('a second run that waits finds everything as the first has left it', async () => {
    const gate = await layGated(ground)
    const first = ground.run({ only: ['letters'] })
    await gate.reached
    const second = ground.run({ only: ['letters'], waitMs: 30_000 })
    gate.open()
    expect(await first).toMatchObject({ status: 'ok', totals: { inserted: 2 } })
    expect(await second).toMatchObject({ status: 'ok', totals: { inserted: 0, unchanged: 2 } })
    expect(await runsOf(ground)).toEqual(['ok', 'ok'])
  })

  test('of ten runs that start together and wait, one inserts and nine find everything unchanged', async () => {
    await layGated(ground, { open: true })
    const reports = await Promise.all(
      Array.from({ length: 10 }, () => ground.run({ only: ['letters'], waitMs: 30_000 })),
    )
    expect(reports.map((report) => report.status)).toEqual(Array.from({ length: 10 }, () => 'ok'))
    expect(reports.map((report) => report.totals.inserted).toSorted((a, b) => a - b)).toEqual([
      0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
    ])
  })

  test('a plan needs no lock', async () => {
    const { second } = await twoRuns(ground, () => ground.plan({ only: ['letters'] }), { open: true })
    expect(second).toMatchObject({ status: 'ok', exitCode: 0 })
  })

  test('the lock is free after a run, after one that rejects and after one that fails', async () => {
    await ground.source('people', [{ id: 1, email: 7 }])
    expect((await ground.run()).exitCode).toBe(4)
    await addPipeline(ground, 'letters', failing, 'create table letters (id integer primary key)')
    expect((await ground.run({ only: ['letters'] })).exitCode).toBe(1)
    await rm(join(ground.dir, 'pipelines/letters.ts'))
    await ground.source('people', [{ id: 1, email: 'ada@example.org' }])
    expect((await ground.run()).exitCode).toBe(0)
    expect(await runsOf(ground)).toEqual(['rejects', 'failed', 'ok'])
  })

  test('the lock is free after a run that was aborted', async () => {
    const gate = await layGated(ground)
    const controller = new AbortController()
    const first = ground.run({ only: ['letters'], signal: controller.signal })
    await gate.reached
    controller.abort()
    gate.open()
    expect(await first).toMatchObject({ status: 'failed', exitCode: 130 })
    expect(await ground.run({ only: ['letters'] })).toMatchObject({ status: 'ok', exitCode: 0 })
  })
})

interface Gate {
  /** Settles when a run is in the middle of its source. */
  reached: Promise<void>
  open(): void
}

async function layGated(ground: Ground, how: { open?: boolean } = {}): Promise<Gate> {
  await addPipeline(ground, 'letters', gated, 'create table letters (id integer primary key)')
  let reach = (): void => undefined
  let open = (): void => undefined
  const reached = new Promise<void>((resolve) => (reach = resolve))
  const opened = new Promise<void>((resolve) => (open = resolve))
  Object.assign(globalThis, { carryoverGate: { reached: reach, opened } })
  if (how.open === true) open()
  return { reached, open }
}

/** A second command while a run is in the middle of its source. */
async function twoRuns(
  ground: Ground,
  command: () => Promise<RunReport>,
  how: { open?: boolean } = {},
): Promise<{ first: RunReport; second: RunReport }> {
  const gate = await layGated(ground)
  const first = ground.run({ only: ['letters'] })
  await gate.reached
  if (how.open === true) {
    // The second command goes through the same source.
    const held = globalThis as { carryoverGate?: unknown }
    delete held.carryoverGate
  }
  const second = await command()
  gate.open()
  return { first: await first, second }
}

async function runsOf(ground: Ground): Promise<unknown[]> {
  return (await ground.query(`select status from ${ground.ledger('runs')} order by id`)).map(
    (row) => row['status'],
  )
}

import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { RunReport } from '../../src/index.js'
import { everything } from './everything.js'
import { legacy } from './fixture-data.js'
import { layGround, promise, type Ground } from './ground.js'

promise('a verification reads everything again', (ground) => {
  test('after a run all is well, with rejects or without, and nothing is written', async () => {
    await fill(ground)
    const report = await ground.run()
    const before = await everything(ground)
    const verified = await ground.verify()
    expect(verified.errors).toEqual([])
    expect(failedChecks(verified)).toEqual([])
    expect(verified.pipelines.map((pipeline) => pipeline.outcomes.rejected)).toEqual(
      report.pipelines.map((pipeline) => pipeline.outcomes.rejected),
    )
    expect(await everything(ground)).toEqual(before)
  })

  test('exit code 0 when every record is in', async () => {
    await sound(ground)
    expect(await ground.verify()).toMatchObject({ command: 'verify', status: 'ok', exitCode: 0, runId: null })
  })

  test('a row that is missing', async () => {
    await sound(ground)
    await ground.query("delete from people where email like 'bob%'")
    const report = await ground.verify()
    expect(report).toMatchObject({ status: 'failed', exitCode: 4 })
    expect(failedChecks(report)).toContainEqual(['people', 'records', 2, 1])
  })

  test('a value that somebody edited, and in which column', async () => {
    await sound(ground)
    await ground.query(`update people set nickname = 'Edited', age = 99 where email like 'ada%'`)
    const report = await ground.verify()
    expect(report).toMatchObject({ status: 'failed', exitCode: 4 })
    expect(failedChecks(report)).toEqual([['people', 'values', 2, 1]])
    expect(report.pipelines.find((pipeline) => pipeline.name === 'people')?.warnings).toEqual([
      { code: 'row_edited', column: 'age', count: 1 },
      { code: 'row_edited', column: 'nickname', count: 1 },
    ])
  })

  test('a record that was never applied, and one that has changed since', async () => {
    await sound(ground)
    await ground.source('people', [
      { id: 1, email: 'ada@example.org', age: 37, org: 1 },
      { id: 2, email: 'bob@example.org' },
      { id: 3, email: 'new@example.org' },
    ])
    const report = await ground.verify()
    expect(report).toMatchObject({ status: 'failed', exitCode: 4 })
    expect(failedChecks(report)).toEqual([['people', 'records', 3, 1]])
    expect(report.pipelines.find((pipeline) => pipeline.name === 'people')?.warnings).toEqual([
      { code: 'not_applied', count: 2 },
    ])
  })

  test('a sequence that was set back', async () => {
    await sound(ground)
    await ground.query(
      ground.engine === 'sqlite'
        ? `update sqlite_sequence set seq = 3`
        : `select setval('tickets_id_seq', 3)`,
    )
    expect(failedChecks(await ground.verify())).toEqual([['tickets', 'sequences', 1, 0]])
  })

  test('duplicates that became aliases are in order', async () => {
    await ground.source('people', [
      { id: 1, email: 'ada@example.org' },
      { id: 2, email: 'ada@example.org', age: 3 },
    ])
    const policies = { duplicates: 'first' } as const
    await ground.run({ policies })
    const report = await ground.verify({ policies })
    expect(report).toMatchObject({ status: 'ok', exitCode: 0, totals: { unchanged: 1, duplicate: 1 } })
  })

  test('before the first run every record is missing, and no ledger is made', async () => {
    await ground.source('people', [{ id: 1, email: 'ada@example.org' }])
    const before = await everything(ground)
    const report = await ground.verify()
    expect(report).toMatchObject({ status: 'failed', exitCode: 4 })
    expect(failedChecks(report)).toEqual([['people', 'records', 1, 0]])
    expect(await everything(ground)).toEqual(before)
  })

  test('a run mends what can be mended, and the next verification is content', async () => {
    await sound(ground)
    await ground.query('delete from tickets')
    expect((await ground.verify()).exitCode).toBe(4)
    const policies = { deleted: 'recreate' } as const
    expect((await ground.run({ policies })).totals.inserted).toBe(1)
    expect(await ground.verify({ policies })).toMatchObject({ status: 'ok', exitCode: 0 })
  })

  test('a row that stays deleted is no failure after the run that has told of it', async () => {
    await sound(ground)
    await ground.query('delete from tickets')
    expect(await ground.run()).toMatchObject({ status: 'ok', totals: { kept: 1 } })
    expect(await ground.verify()).toMatchObject({ status: 'ok', exitCode: 0 })
  })
})

test('on Postgres, a reference whose row is gone since its foreign key was dropped', async () => {
  const ground = await layGround('postgres')
  await sound(ground)
  await ground.query(`alter table tickets drop constraint tickets_author_id_people_id_fk`)
  await ground.query(`delete from people where email like 'ada%'`)
  const report = await ground.verify()
  expect(report.exitCode).toBe(4)
  expect(failedChecks(report)).toContainEqual(['tickets', 'references', 0, 1])
})

async function fill(ground: Ground): Promise<void> {
  for (const [name, records] of Object.entries(legacy)) await ground.source(name, records)
}

/** A run without rejects. */
async function sound(ground: Ground): Promise<void> {
  await ground.source('organizations', [{ id: 1, slug: 'a', name: 'A' }])
  await ground.source('people', [
    { id: 1, email: 'ada@example.org', age: 36, org: 1 },
    { id: 2, email: 'bob@example.org' },
  ])
  await ground.source('tickets', [{ id: 40, title: 'first', author: 1 }])
  expect(await ground.run()).toMatchObject({ status: 'ok', exitCode: 0 })
}

/** `[pipeline, check, expected, actual]` of everything that is not as it must be. */
function failedChecks(report: RunReport): unknown[][] {
  return report.pipelines.flatMap((pipeline) =>
    pipeline.verification.checks
      .filter((check) => !check.ok)
      .map((check) => [pipeline.name, check.name, check.expected, check.actual]),
  )
}

test('on SQLite, a verification finds a reference whose row another program deleted without asking for foreign keys', async () => {
  const ground = await layGround('sqlite')
  await ground.source('people', [{ id: 1, email: 'ada@example.org' }])
  await ground.source('tickets', [{ id: 40, title: 'first', author: 1 }])
  await ground.run()
  const database = new Database(ground.url.replace('sqlite:', ''))
  database.pragma('foreign_keys = off')
  database.exec('delete from people')
  database.close()
  const report = await ground.verify()
  const tickets = report.pipelines.find((pipeline) => pipeline.name === 'tickets')
  expect(tickets?.verification.checks).toContainEqual({
    name: 'references',
    expected: 0,
    actual: 1,
    ok: false,
  })
})

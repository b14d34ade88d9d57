import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runs } from '../../src/index.js'
import { openTarget } from '../../src/target/open-target.js'
import { defaultOptions } from '../contract/engine.js'
import { promise } from './ground.js'
import { layThings, type Thing } from './things.js'
import { layKinds } from './kinds.js'
import { appliedHoldings, holdingsOfAnyRun, layShops, undoLast, undoRun, type Shop } from './undo-ground.js'

const shop = (id: number, more: Partial<Shop> = {}): Shop => ({ id, slug: `shop-${id}`, ...more })

promise('what a run did can be undone, and what was edited afterwards stays', (ground) => {
  const only = ['shops', 'clerks']
  const lay = async (policies = '') => {
    await layShops(ground, policies)
    // The ledger is there from now on.
    await ground.run({ only })
  }
  const runShops = async (shops: Shop[], clerks: object[] = []) => {
    await ground.source('shops', shops)
    await ground.source('clerks', clerks)
    const report = await ground.run({ only, policies: { adopt: 'update' } })
    expect(report.errors).toEqual([])
    return report.runId as number
  }
  const names = async () =>
    Object.fromEntries(
      (await ground.query('select id, name from shops order by id')).map((row) => [
        String(row['id']),
        row['name'],
      ]),
    )
  const north = { side: 'north', width: 1.5 }
  const clerk = { id: 'x', badge: 1, shop: 1 }

  test('rows that were inserted go with their children, rows that were updated hold what they held', async () => {
    await lay()
    await runShops([shop(1, { name: 'one' })])
    const before = await appliedHoldings(ground)
    await runShops(
      [shop(1, { name: 'uno', head: 2, doors: [north] }), shop(2, { name: 'two', head: 1 })],
      [clerk],
    )
    const after = await holdingsOfAnyRun(ground)
    const done = await undoLast(ground)
    expect(done).toMatchObject({ rows: { restored: 1, deleted: 3, inserted: 0 }, left: [] })
    expect(await appliedHoldings(ground)).toEqual(before)
    await ground.run({ only })
    // The row went through as many versions as before.
    expect(await holdingsOfAnyRun(ground)).toEqual(after)
  })

  test('a row that was found keeps what it had before', async () => {
    await lay()
    await ground.query(`insert into shops (id, slug, name, note) values (1, 'shop-1', 'theirs', 'kept')`)
    const before = await appliedHoldings(ground)
    await runShops([shop(1, { name: 'ours' })])
    expect(await names()).toEqual({ 1: 'ours' })
    await undoLast(ground)
    expect(await appliedHoldings(ground)).toEqual(before)
  })

  test.each(['delete', 'soft-delete'])('rows that were removed by %s are there again', async (missing) => {
    await lay(`policies: { missing: '${missing}' }, limits: { removals: '100%' },`)
    await runShops([shop(1, { doors: [north] }), shop(2, { head: 1 }), shop(3)], [clerk])
    const before = await appliedHoldings(ground)
    await runShops([shop(3)], [{ ...clerk, shop: 3 }])
    expect(await appliedHoldings(ground)).not.toEqual(before)
    await undoLast(ground)
    expect(await appliedHoldings(ground)).toEqual(before)
  })

  test('columns that were edited since stay, and are listed with their row', async () => {
    await lay()
    await runShops([shop(1, { name: 'one' }), shop(2, { name: 'two' })])
    await runShops([shop(1, { slug: 'moved-1', name: 'uno' }), shop(2, { slug: 'moved-2', name: 'dos' })])
    await ground.query(`update shops set name = 'by hand' where id = 1`)
    const done = await undoLast(ground)
    expect(done.left).toEqual([{ table: 'shops', rowKey: '1', columns: ['name'], reason: 'edited' }])
    expect(await ground.query('select id, slug, name, version from shops order by id')).toEqual(
      // The version speaks of the whole row: it stays where an edit stays.
      [
        { id: 1, slug: 'shop-1', name: 'by hand', version: 2 },
        { id: 2, slug: 'shop-2', name: 'two', version: 1 },
      ].map((row) => (ground.engine === 'sqlite' ? row : expect.objectContaining(row))),
    )
  })

  test('a row that was inserted stays when it was edited, or something points at it', async () => {
    await lay()
    await runShops([shop(1), shop(2), shop(3), shop(4, { head: 3 }), shop(5, { doors: [north] })])
    await ground.query(`update shops set name = 'by hand' where id = 1`)
    await ground.query(`update shops set note = 'not of the pipeline' where id = 2`)
    await ground.query(`insert into shops (id, slug, head_id) values (9, 'theirs', 3)`)
    await ground.query(`insert into doors (shop_id, side) values (5, 'by hand')`)
    const done = await undoLast(ground)
    expect(done.left).toEqual([
      { table: 'shops', rowKey: '1', columns: ['name'], reason: 'edited' },
      { table: 'shops', rowKey: '2', columns: ['note'], reason: 'edited' },
      { table: 'shops', rowKey: '3', columns: [], reason: 'referred' },
      { table: 'shops', rowKey: '5', columns: [], reason: 'referred' },
    ])
    expect(Object.keys(await names())).toEqual(['1', '2', '3', '5', '9'])
    // What stays is still known: the next run takes it for what it is.
    expect(
      (await ground.run({ only })).pipelines.find(({ name }) => name === 'shops')?.outcomes,
    ).toMatchObject({
      inserted: 1,
      rejected: 0,
    })
  })

  test('a row that was deleted stays away when another one has its key or a unique value by now', async () => {
    await lay(`policies: { missing: 'delete' }, limits: { removals: '100%' },`)
    await runShops([shop(1), shop(2), shop(3)])
    await runShops([shop(3)])
    await ground.query(`insert into shops (id, slug) values (7, 'shop-1')`)
    const done = await undoLast(ground)
    expect(done.rows.inserted).toBe(1)
    expect(done.left).toEqual([{ table: 'shops', rowKey: '1', columns: [], reason: 'taken' }])
    expect(Object.keys(await names())).toEqual(['2', '3', '7'])
    expect((await ground.verify({ only })).exitCode).toBe(0)
  })

  test('a value that somebody else has by now does not come back, and is listed', async () => {
    await lay()
    await runShops([shop(1, { name: 'one' })])
    await runShops([shop(1, { slug: 'moved', name: 'uno' })])
    await ground.query(`insert into shops (id, slug) values (7, 'shop-1')`)
    const done = await undoLast(ground)
    expect(done.left).toMatchObject([{ table: 'shops', rowKey: '1', reason: 'taken' }])
    expect(done.left[0]?.columns).toContain('slug')
  })

  test('values that changed hands in a ring change back', async () => {
    await layThings(ground)
    const things = async (records: Thing[]) => {
      await ground.source('things', records)
      const report = await ground.run({ only: ['things'] })
      expect(report.errors).toEqual([])
      return report
    }
    await things([
      { key: 'a', id: 1, slug: 'one', mail: 'a@x' },
      { key: 'b', id: 2, slug: 'two', mail: 'b@x' },
      { key: 'c', id: 3, slug: 'three', mail: 'c@x' },
    ])
    const before = await appliedHoldings(ground)
    const ring = await things([
      { key: 'a', id: 1, slug: 'two', mail: 'c@x' },
      { key: 'b', id: 2, slug: 'three', mail: 'a@x' },
      { key: 'c', id: 3, slug: 'one', mail: 'b@x' },
    ])
    expect(ring.totals.updated).toBe(3)
    await undoLast(ground)
    expect(await appliedHoldings(ground)).toEqual(before)
  })

  test('a row that changed its owner has the old one again, and aliases are as they were', async () => {
    await layThings(ground)
    const things = async (records: Thing[]) => {
      await ground.source('things', records)
      return ground.run({ only: ['things'], policies: { duplicates: 'first' } })
    }
    await things([{ key: 'a', id: 1, slug: 'one', mail: 'a@x' }])
    const before = await appliedHoldings(ground)
    await things([
      { key: 'renamed', id: 1, slug: 'uno', mail: 'a@x' },
      { key: 'twin', id: 8, slug: 'uno' },
    ])
    expect(await appliedHoldings(ground)).not.toEqual(before)
    await undoLast(ground)
    expect(await appliedHoldings(ground)).toEqual(before)
  })

  test('a run that later ones built on is refused, names them, and goes with them', async () => {
    await lay()
    const before = await appliedHoldings(ground)
    const first = await runShops([shop(1), shop(2)])
    const second = await runShops([shop(1, { name: 'uno' }), shop(2)])
    const third = await runShops([shop(1, { name: 'uno' }), shop(2)], [{ ...clerk, shop: 2 }])
    const held = await appliedHoldings(ground)
    const refused = await undoRun(ground, first)
    expect(refused).toMatchObject({ status: 'failed', exitCode: 1, undoes: [] })
    expect(refused.errors).toMatchObject([{ code: 'undo.later_runs' }])
    expect(refused.errors[0]?.message).toContain(String(second))
    expect(await appliedHoldings(ground)).toEqual(held)
    const done = await undoRun(ground, first, { withLater: true })
    expect(done).toMatchObject({ errors: [], undoes: [third, second, first], left: [] })
    expect(await appliedHoldings(ground)).toEqual(before)
  })

  test('a run goes alone when no later one built on it', async () => {
    await lay()
    const first = await runShops([shop(1)])
    await runShops([shop(1), shop(2)])
    expect(await undoRun(ground, first)).toMatchObject({ errors: [], undoes: [first], rows: { deleted: 1 } })
    expect(Object.keys(await names())).toEqual(['2'])
  })

  test('a run of which a later one points at rows is refused', async () => {
    await lay()
    const first = await runShops([shop(1)])
    const second = await runShops([shop(1)], [clerk])
    expect((await undoRun(ground, first)).errors).toMatchObject([
      { code: 'undo.later_runs', message: expect.stringContaining(`run ${second} `) as unknown },
    ])
    expect(Object.keys(await names())).toEqual(['1'])
  })

  test('an undo is a run of its own; it is not undone, and no run is undone twice', async () => {
    await lay()
    const runId = await runShops([shop(1)])
    const done = await undoLast(ground)
    const listed = await runs({ cwd: ground.dir, database: ground.url, env: {} })
    expect(listed.runs[0]).toMatchObject({ id: done.runId, command: 'undo', undoes: runId, status: 'ok' })
    expect(listed.runs.find(({ id }) => id === runId)).toMatchObject({ undoneBy: done.runId })
    expect(listed.runs[0]?.summary).toMatchObject({ rows: { deleted: 1 }, left: 0 })
    expect((await undoRun(ground, runId)).errors).toMatchObject([{ code: 'undo.already_undone' }])
    expect((await undoRun(ground, done.runId as number)).errors).toMatchObject([{ code: 'undo.of_undo' }])
    expect((await undoRun(ground, 999)).errors).toMatchObject([{ code: 'undo.unknown_run' }])
    expect(await undoRun(ground, Number('x'))).toMatchObject({ exitCode: 64 })
  })

  test('a run that wrote nothing is undone without a write, and one that died is undone as far as it came', async () => {
    await lay()
    const before = await appliedHoldings(ground)
    const died = await runShops([shop(1)])
    const idle = await runShops([shop(1)])
    expect(await undoRun(ground, idle)).toMatchObject({ exitCode: 0, undoes: [idle], rows: { deleted: 0 } })
    await ground.query(
      `update ${ground.ledger('runs')} set status = 'running', exit_code = null, finished_at = null where id = ${died}`,
    )
    expect(await undoRun(ground, died)).toMatchObject({ exitCode: 0, rows: { deleted: 1 } })
    expect(await appliedHoldings(ground)).toEqual(before)
  })

  test('a run that wrote to a table that is gone is refused, with what to do, and nothing is taken back', async () => {
    await lay()
    const runId = await runShops([shop(1)], [clerk])
    await ground.query('drop table clerks')
    const { errors, exitCode } = await undoRun(ground, runId)
    expect(exitCode).toBe(1)
    expect(errors).toMatchObject([
      { code: 'undo.no_table', message: 'The run wrote to the table clerks, which is not there any more.' },
    ])
    expect(errors[0]?.hint).toContain('Bring the table back')
    expect(Object.keys(await names())).toEqual(['1'])
  })

  test('no pipeline file is needed', async () => {
    await lay()
    const before = await appliedHoldings(ground)
    const runId = await runShops([shop(1, { doors: [north] })], [clerk])
    await rm(join(ground.dir, 'pipelines'), { recursive: true })
    expect(await undoRun(ground, runId)).toMatchObject({ errors: [], left: [], rows: { deleted: 3 } })
    expect(await appliedHoldings(ground)).toEqual(before)
  })

  test('what is not confirmed is not done', async () => {
    await lay()
    const runId = await runShops([shop(1)])
    const held = await appliedHoldings(ground)
    const refused = await undoRun(ground, runId, { confirm: async () => false })
    expect(refused).toMatchObject({ exitCode: 64, errors: [{ code: 'usage.confirm' }] })
    expect(await appliedHoldings(ground)).toEqual(held)
  })

  test('values of every type are told from edits, and come back', async () => {
    await layKinds(ground)
    const runKinds = async (records: object[]) => {
      await ground.source('kinds', records)
      const report = await ground.run({ only: ['kinds'] })
      expect(report).toMatchObject({ errors: [], exitCode: 0 })
    }
    const full = {
      big: '9007199254740993',
      real: 0.1,
      amount: '12.50',
      open: true,
      at: '2024-05-06T07:08:09.120Z',
      local: '2024-05-06T07:08:09',
      day: '2024-02-29',
      time: '23:59:00',
      data: { b: 1, a: [true, null, 'x'] },
      tags: ['a,b', 'c'],
      other: '7d3f2c1e-0000-4000-8000-000000000001',
    }
    const none = Object.fromEntries(Object.keys(full).map((name) => [name, null]))
    const changed = {
      ...full,
      big: '-1',
      real: 1e21,
      amount: '0.10',
      open: false,
      at: '1999-12-31T23:59:59Z',
    }
    await runKinds([])
    const empty = await appliedHoldings(ground)
    await runKinds([
      { id: 1, ...full },
      { id: 2, ...none },
      { id: 3, ...full },
    ])
    const before = await appliedHoldings(ground)
    await runKinds([
      {
        id: 1,
        ...changed,
        day: '1900-01-01',
        time: '00:00:00',
        local: '2000-01-01T00:00:00',
        data: [1],
        tags: [],
      },
      { id: 2, ...full },
      { id: 3, ...none },
    ])
    expect(await undoLast(ground)).toMatchObject({ left: [], rows: { restored: 3 } })
    expect(await appliedHoldings(ground)).toEqual(before)
    expect(await undoRun(ground, 2)).toMatchObject({ errors: [], left: [], rows: { deleted: 3 } })
    expect(await appliedHoldings(ground)).toEqual(empty)
  })

  test('an undo waits for nobody unless told to: another run at work ends it with exit code 3', async () => {
    await lay()
    const runId = await runShops([shop(1)])
    const held = await appliedHoldings(ground)
    const target = await openTarget(ground.url, ground.dir, defaultOptions)
    try {
      const refused = await target.withRunLock({ waitMs: 0 }, () => undoRun(ground, runId))
      expect(refused).toMatchObject({ status: 'locked', exitCode: 3, undoes: [], runId: null })
    } finally {
      await target.close()
    }
    expect(await appliedHoldings(ground)).toEqual(held)
  })

  test('a run knows its deployment and commit, and so does its undo', async () => {
    await lay()
    const env = { RAILWAY_DEPLOYMENT_ID: 'd-7', RAILWAY_GIT_COMMIT_SHA: '1a2b3c4' }
    await ground.source('shops', [shop(1)])
    const { runId } = await ground.run({ only, env })
    await undoRun(ground, runId as number, { env })
    const one = await runs({ cwd: ground.dir, database: ground.url, env: {}, runId: runId as number })
    expect(one.runs).toMatchObject([{ id: runId, deployment: 'd-7', commit: '1a2b3c4' }])
    const last = await runs({ cwd: ground.dir, database: ground.url, env: {}, limit: 1 })
    expect(last.runs).toMatchObject([{ command: 'undo', deployment: 'd-7', commit: '1a2b3c4' }])
    expect(await runs({ cwd: ground.dir, database: ground.url, env: {}, runId: 999 })).toMatchObject({
      exitCode: 1,
      errors: [{ code: 'runs.unknown_run' }],
    })
    expect(await runs({ cwd: ground.dir, database: ground.url, env: {}, runId: Number('x') })).toMatchObject({
      exitCode: 64,
    })
  })
})

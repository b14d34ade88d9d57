import { expect, test } from 'vitest'
import { halfACircle, keptOf, openRejects, organization, partOf, person, planAndRun } from './atomic.js'
import { addPipeline, writePipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'

const ticket = (id: number, more: object = {}) => ({ id, title: `t${id}`, ...more })

/** Two pipelines that refer to each other, of which one says that the run is atomic. */
async function layCircle(ground: Ground): Promise<void> {
  const ddl = (name: string) => `create table ${name} (id integer primary key, other integer)`
  const [north, south] = [
    halfACircle('north', 'south'),
    halfACircle('south', 'north', `policies: { atomic: 'run' },`),
  ]
  // Half a circle is no project: the first refers to the second when that is there.
  await addPipeline(ground, 'north', north.replace("reference('south', 'other')", "'other'"), ddl('north'))
  await addPipeline(ground, 'south', south, ddl('south'))
  await writePipeline(ground, 'north', north)
}

promise('a run that is atomic', (ground) => {
  const atomic = { policies: { atomic: 'run' } } as const

  test('leaves nothing of any pipeline when one of them passes its limit, no move of a sequence either', async () => {
    await ground.source('organizations', [organization(1)])
    await ground.run(atomic)
    const before = await keptOf(ground)
    await ground.source('organizations', [organization(1), organization(2)])
    await ground.source('people', [person(1, { org: 2 }), person(2)])
    await ground.source('tickets', [ticket(70, { author: 1 }), ticket(71, { title: null })])
    const report = await planAndRun(ground, { ...atomic, batch: 1 })
    expect(report).toMatchObject({ status: 'rejects', exitCode: 4, sequences: [] })
    expect(report.errors).toMatchObject([{ code: 'run.rolled_back' }])
    expect(report.errors[0]?.message).toContain('tickets: 1 of 2 records are rejected')
    expect(report.totals).toMatchObject({ inserted: 4, unchanged: 1, rejected: 1 })
    for (const name of ['organizations', 'people', 'tickets'])
      expect(partOf(report, name)).toMatchObject({
        rows: { inserted: 0, updated: 0, deleted: 0 },
        warnings: expect.arrayContaining([{ code: 'rolled_back', count: 2 }]) as unknown,
      })
    expect(report.pipelines.every(({ verification }) => verification.ok)).toBe(true)
    expect(await keptOf(ground)).toEqual(before)
    expect(await openRejects(ground, 'tickets')).toEqual(['71'])
    expect(
      await ground.query(`select status from ${ground.ledger('runs')} order by id desc limit 1`),
    ).toEqual([{ status: 'rejects' }])
    await ground.source('tickets', [ticket(70, { author: 1 }), ticket(71)])
    const mended = await planAndRun(ground, atomic)
    expect(mended).toMatchObject({ status: 'ok', errors: [], totals: { inserted: 5, unchanged: 1 } })
    expect(mended.sequences).toMatchObject([{ table: 'tickets', to: '71' }])
    expect(await openRejects(ground, 'tickets')).toEqual([])
    expect(await ground.verify()).toMatchObject({ exitCode: 0 })
  })

  test('is one as soon as one pipeline says so, in circles of references too', async () => {
    await layCircle(ground)
    await ground.source('organizations', [organization(1)])
    await ground.source('north', [{ id: 1, other: 2 }, { id: 3 }])
    await ground.source('south', [
      { id: 2, other: 1 },
      { id: 4, other: 5 },
    ])
    const report = await planAndRun(ground)
    expect(report).toMatchObject({ status: 'rejects', totals: { inserted: 4, rejected: 1 } })
    for (const table of ['organizations', 'north', 'south'])
      expect(await ground.query(`select * from ${table}`)).toEqual([])
    await ground.source('south', [{ id: 2, other: 1 }])
    expect(await planAndRun(ground)).toMatchObject({ status: 'ok', totals: { inserted: 4 } })
    expect(await ground.query('select * from north order by id')).toEqual([
      { id: 1, other: 2 },
      { id: 3, other: null },
    ])
    expect(await planAndRun(ground)).toMatchObject({ totals: { unchanged: 4 } })
  })

  test('takes removals back too, and is rolled back when there are more than it admits', async () => {
    const removes = { policies: { atomic: 'run', missing: 'delete' } } as const
    await ground.source('organizations', [1, 2, 3, 4].map(organization))
    await ground.source('people', [person(1), person(2)])
    await ground.run(removes)
    const before = await keptOf(ground)
    await ground.source('organizations', [1, 2, 5].map(organization))
    const report = await planAndRun(ground, removes)
    expect(report).toMatchObject({ status: 'failed', exitCode: 4, totals: { removed: 0 } })
    expect(report.errors.map(({ code }) => code)).toEqual(['run.removals', 'run.rolled_back'])
    expect(await keptOf(ground)).toEqual(before)

    await ground.file('carryover.config.ts', `export default { limits: { removals: '50%' } }`)
    await ground.source('people', [person(1), { id: 2 }])
    const again = await planAndRun(ground, removes)
    expect(again).toMatchObject({ status: 'rejects', exitCode: 4, totals: { removed: 2 } })
    expect(await keptOf(ground)).toEqual(before)
    await ground.source('people', [person(1), person(2)])
    expect(await planAndRun(ground, removes)).toMatchObject({ status: 'ok', totals: { removed: 2 } })
    expect(await ground.query('select slug from organizations order by slug')).toEqual([
      { slug: 'o1' },
      { slug: 'o2' },
      { slug: 'o5' },
    ])
  })

  test('is rolled back when the verification finds something amiss', async () => {
    await ground.run(atomic)
    await ground.query(
      ground.engine === 'sqlite'
        ? `create trigger eats after insert on tickets begin delete from organizations; end`
        : `create function eats() returns trigger language plpgsql as $$ begin delete from organizations; return null; end $$`,
    )
    if (ground.engine === 'postgres')
      await ground.query(
        'create trigger eats after insert on tickets for each statement execute function eats()',
      )
    const before = await keptOf(ground)
    await ground.source('organizations', [organization(1)])
    await ground.source('tickets', [ticket(1)])
    const report = await ground.run(atomic)
    expect(report).toMatchObject({ status: 'failed', exitCode: 4, errors: [{ code: 'run.rolled_back' }] })
    expect(report.errors[0]?.message).toContain('organizations: the verification found something amiss')
    expect(report.pipelines.map(({ verification }) => verification.ok)).toEqual([false, true, true])
    expect(await keptOf(ground)).toEqual(before)
  })
})

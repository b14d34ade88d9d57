import { expect, test } from 'vitest'
import type { RunReport } from '../../src/index.js'
import { comparable, deletedIn } from './comparable.js'
import { addPipeline } from './extra-pipeline.js'
import { promise, type Ground, type Row } from './ground.js'

const shops = (policies: string) => `
import { child, parent } from 'carryover'
export const shops = pg.pgTable('shops', {
  id: pg.integer('id').primaryKey(),
  slug: pg.text('slug').notNull().unique(),
  headId: pg.integer('head_id').references((): pg.AnyPgColumn => shops.id),
  deletedAt: pg.timestamp('deleted_at', { withTimezone: true }),
})
export const doors = pg.pgTable('doors', {
  shopId: pg.integer('shop_id').notNull().references(() => shops.id),
  side: pg.text('side').notNull(),
}, (table) => [pg.primaryKey({ columns: [table.shopId, table.side] })])
export default definePipeline({
  name: 'shops',
  source: { files: '../data/shops.json' },
  record: z.object({ id: z.number(), slug: z.string(), head: z.number().nullish(), doors: z.array(z.string()).optional() }),
  key: 'id',
  filter: ({ slug }) => slug !== 'skipped',
  target: shops,
  columns: { id: 'id', slug: 'slug', headId: reference('shops', 'head') },
  children: [
    child({
      name: 'doors',
      each: 'doors',
      record: z.object({ $value: z.string() }),
      key: '$value',
      target: doors,
      columns: { shopId: parent(), side: '$value' },
    }),
  ],
  ${policies}
})
`

const clerks = (policies: string) => `
import { shops } from './shops.js'
export const clerks = pg.pgTable('clerks', {
  id: pg.integer('id').primaryKey(),
  shopId: pg.integer('shop_id').notNull().references(() => shops.id),
})
export default definePipeline({
  name: 'clerks',
  source: { files: '../data/clerks.json' },
  record: z.object({ id: z.number(), shop: z.number() }),
  key: 'id',
  target: clerks,
  columns: { id: 'id', shopId: reference('shops', 'shop') },
  ${policies}
})
`

const shopsDdl = `
create table shops (
  id integer primary key,
  slug text not null unique,
  head_id integer references shops (id),
  deleted_at timestamptz
);
create table doors (shop_id integer not null references shops (id), side text not null, primary key (shop_id, side))`
const clerksDdl =
  'create table clerks (id integer primary key, shop_id integer not null references shops (id))'

/** `shop(3)`; twelve of them are enough for a limit of 10 %. */
const shop = (id: number, more: object = {}) => ({ id, slug: `shop-${id}`, ...more })
const twelve = Array.from({ length: 12 }, (_, index) => shop(index + 1))

promise('records that are gone from the source', (ground) => {
  const lay = async (policies: string, clerkPolicies = policies) => {
    await ground.file('carryover.config.ts', `export default { bookkeeping: { deletedAt: 'deletedAt' } }`)
    await addPipeline(ground, 'shops', shops(policies), shopsDdl)
    await addPipeline(ground, 'clerks', clerks(clerkPolicies), clerksDdl)
  }
  const deletes = `policies: { missing: 'delete' }, limits: { removals: '50%' },`
  const ids = async (table: string) =>
    (await ground.query(`select id from ${table} order by id`)).map((row) => Number(row['id']))
  const reportOf = (report: RunReport, name = 'shops') =>
    report.pipelines.find((pipeline) => pipeline.name === name)

  test('keep, the default: they stay', async () => {
    await lay('')
    await ground.source('shops', twelve)
    await ground.run()
    await ground.source('shops', twelve.slice(1))
    expect(reportOf(await ground.run())?.outcomes).toMatchObject({ unchanged: 11, removed: 0 })
    expect(await ids('shops')).toHaveLength(12)
  })

  test('delete: what points at them goes first, whatever the order of pipelines and records', async () => {
    await lay(deletes)
    await ground.source('shops', [
      shop(1, { head: 2, doors: ['front', 'back'] }),
      shop(2, { doors: ['front'] }),
      shop(3),
      shop(4, { head: 3 }),
    ])
    await ground.source('clerks', [
      { id: 1, shop: 1 },
      { id: 2, shop: 3 },
    ])
    await ground.run()
    await ground.source('shops', [shop(3), shop(4, { head: 3 })])
    await ground.source('clerks', [{ id: 2, shop: 3 }])
    const plan = await ground.plan()
    const report = await ground.run()
    expect(report.errors).toEqual([])
    expect(reportOf(report)?.outcomes).toMatchObject({ unchanged: 2, removed: 2 })
    expect(reportOf(report)?.rows).toEqual({ inserted: 0, updated: 0, deleted: 5 })
    expect(reportOf(report, 'clerks')?.outcomes).toMatchObject({ unchanged: 1, removed: 1 })
    expect(comparable(plan)).toEqual(comparable(report))
    expect(deletedIn(plan, 'shops')).toEqual(['1', '2', '["1","back"]', '["1","front"]', '["2","front"]'])
    expect(deletedIn(plan, 'clerks')).toEqual(['1'])
    expect(report.exitCode).toBe(0)
    expect([await ids('shops'), await ids('clerks')]).toEqual([[3, 4], [2]])
    const again = await ground.run()
    expect(again.totals).toMatchObject({ unchanged: 3, removed: 0 })
    expect((await ground.verify()).exitCode).toBe(0)
  })

  test('a record that comes back is inserted again', async () => {
    await lay(deletes)
    await ground.source('shops', twelve)
    await ground.run()
    await ground.source('shops', twelve.slice(1))
    await ground.run()
    await ground.source('shops', twelve)
    expect(reportOf(await ground.run())?.outcomes).toMatchObject({ inserted: 1, unchanged: 11 })
  })

  test('rows that somebody edited, or points at, stay, and are told', async () => {
    await lay(deletes, '')
    await ground.source(
      'shops',
      twelve.map((record) => (record.id === 3 ? { ...record, doors: ['front'] } : record)),
    )
    await ground.source('clerks', [{ id: 1, shop: 2 }])
    await ground.run()
    await ground.query(`update shops set slug = 'edited' where id = 1`)
    await ground.query(`insert into doors (shop_id, side) values (4, 'added by hand')`)
    await ground.query(`update doors set side = 'edited' where shop_id = 3`)
    await ground.source('shops', twelve.slice(5))
    const plan = await ground.plan()
    const report = await ground.run()
    expect(comparable(plan)).toEqual(comparable(report))
    expect(reportOf(report)?.outcomes).toMatchObject({ unchanged: 7, removed: 1 })
    expect(reportOf(report)?.warnings).toContainEqual({ code: 'removal_kept', count: 4 })
    expect(await ids('shops')).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12])
    expect(comparable(await ground.run())).toEqual(
      comparable(report).map((pipeline) =>
        pipeline.name === 'shops'
          ? {
              ...pipeline,
              outcomes: { ...pipeline.outcomes, removed: 0 },
              rows: { inserted: 0, updated: 0, deleted: 0 },
            }
          : pipeline,
      ),
    )
  })

  test('soft-delete: the time of deletion is set, once, and taken back when the record returns', async () => {
    await lay(`policies: { missing: 'soft-delete' },`, '')
    await ground.source('shops', twelve)
    await ground.run()
    await ground.source('shops', twelve.slice(1))
    const plan = await ground.plan()
    const report = await ground.run()
    expect(comparable(plan)).toEqual(comparable(report))
    expect(reportOf(report)?.outcomes).toMatchObject({ unchanged: 11, removed: 1 })
    expect(reportOf(report)?.rows).toEqual({ inserted: 0, updated: 1, deleted: 0 })
    const marked = await ground.query('select id, deleted_at from shops where deleted_at is not null')
    expect(marked.map((row: Row) => Number(row['id']))).toEqual([1])
    const again = await ground.run()
    expect(reportOf(again)?.outcomes).toMatchObject({ unchanged: 11, removed: 0 })
    expect(reportOf(again)?.rows).toEqual({ inserted: 0, updated: 0, deleted: 0 })
    expect((await ground.verify()).exitCode).toBe(0)
    await ground.source('shops', twelve)
    expect(reportOf(await ground.run())?.outcomes).toMatchObject({ unchanged: 11, updated: 1 })
    expect(await ground.query('select id from shops where deleted_at is not null')).toEqual([])
    expect(reportOf(await ground.run())?.outcomes).toMatchObject({ unchanged: 12 })
  })

  test('soft-delete: the time of deletion is taken back too when another record comes for the same thing', async () => {
    await lay(`policies: { missing: 'soft-delete', adopt: 'keep' }, limits: { removals: '50%' },`, '')
    await ground.source('shops', twelve)
    await ground.source('clerks', [])
    await ground.run()
    await ground.source('shops', twelve.slice(1))
    await ground.run()
    await ground.source('shops', [shop(99, { slug: 'shop-1' }), ...twelve.slice(1)])
    for (const report of [await ground.plan(), await ground.run()])
      expect(reportOf(report)?.outcomes).toMatchObject({ inserted: 0, updated: 1, unchanged: 11 })
    expect(await ground.query('select id from shops where deleted_at is not null')).toEqual([])
    expect((await ground.run()).totals).toMatchObject({ updated: 0, removed: 0 })
  })

  test('soft-delete leaves a row alone that somebody has marked as deleted', async () => {
    await lay(`policies: { missing: 'soft-delete' },`, '')
    await ground.source('shops', twelve)
    await ground.run()
    await ground.query(`update shops set deleted_at = '2020-01-01T00:00:00Z' where id = 1`)
    await ground.source('shops', twelve.slice(1))
    expect(reportOf(await ground.run())?.outcomes).toMatchObject({ removed: 0 })
    await ground.source('shops', twelve)
    await ground.run()
    expect(await ids('shops where deleted_at is not null')).toEqual([1])
  })

  test('more than the limit: nothing of any pipeline is removed, and the exit code is 4', async () => {
    await lay(`policies: { missing: 'delete' },`, deletes)
    await ground.source('shops', twelve)
    await ground.source(
      'clerks',
      [1, 2, 3].map((id) => ({ id, shop: 1 })),
    )
    await ground.run()
    await ground.source('shops', [...twelve.slice(2), shop(13)])
    await ground.source('clerks', [
      { id: 1, shop: 3 },
      { id: 2, shop: 3 },
    ])
    for (const report of [await ground.plan(), await ground.run()]) {
      expect(report.errors).toMatchObject([{ code: 'run.removals' }])
      expect(report.errors[0]?.message).toContain('2 of the 12 records')
      expect(report.exitCode).toBe(4)
      expect(report.totals).toMatchObject({ removed: 0 })
    }
    expect(await ids('shops')).toHaveLength(13)
    expect(await ids('clerks')).toEqual([1, 2, 3])
  })

  test('a row that changes its owner in the first run is no reason to stop it', async () => {
    await lay(`policies: { missing: 'delete', duplicates: 'last' }, limits: { removals: '50%' },`)
    await ground.source('shops', [shop(1), shop(2, { slug: 'shop-1' }), shop(3, { slug: 'shop-1' })])
    await ground.source('clerks', [])
    expect((await ground.run()).errors).toEqual([])
    await ground.source('shops', [shop(4, { slug: 'shop-1' })])
    expect((await ground.run()).errors).toEqual([])
    expect(await ids('shops')).toEqual([1])
  })

  test('an empty source removes nothing', async () => {
    await lay(`policies: { missing: 'delete' }, limits: { removals: '100%' },`)
    await ground.source('shops', twelve)
    await ground.run()
    await ground.source('shops', [])
    const report = await ground.run()
    expect(reportOf(report)?.warnings).toContainEqual({ code: 'source_empty', count: 1 })
    expect(await ids('shops')).toHaveLength(12)
  })

  test('records that were rejected or skipped are present; one without a key could be anybody', async () => {
    await lay(`policies: { missing: 'delete' }, limits: { removals: '100%', rejects: 9 },`)
    await ground.source('shops', twelve)
    await ground.run()
    await ground.source('shops', [{ id: 1, slug: 7 }, { id: 2, slug: 'skipped' }, ...twelve.slice(3)])
    expect(reportOf(await ground.run())?.outcomes).toMatchObject({ removed: 1, rejected: 1, skipped: 1 })
    expect(await ids('shops')).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    await ground.source('shops', [{ id: null }, shop(1)])
    const report = await ground.run()
    expect(reportOf(report)?.outcomes).toMatchObject({ removed: 0 })
    expect(reportOf(report)?.warnings).toContainEqual({ code: 'removal_unsure', count: 1 })
  })
})

promise('two pipelines into one table', (ground: Ground) => {
  const pipeline = (name: string, policies = '') => `
import { shops } from './shops.js'
export default definePipeline({
  name: '${name}',
  source: { files: '../data/${name}.json' },
  record: z.object({ no: z.string(), id: z.number(), slug: z.string() }),
  key: 'no',
  target: shops,
  columns: { id: 'id', slug: 'slug' },
  ${policies}
})
`

  test('each with its own legacy keys; a row goes when no pipeline owns it any more', async () => {
    await addPipeline(ground, 'shops', shops(''), shopsDdl)
    for (const name of ['north', 'south'])
      await addPipeline(
        ground,
        name,
        pipeline(name, `policies: { missing: 'delete' }, limits: { removals: '100%' },`),
        'select 1',
      )
    const both = { id: 1, slug: 'both' }
    await ground.source('north', [
      { no: 'n1', ...both },
      { no: 'n2', id: 2, slug: 'north' },
    ])
    await ground.source('south', [
      { no: 's1', ...both },
      { no: 's2', id: 3, slug: 'south' },
    ])
    const first = await ground.run()
    expect(first.errors).toEqual([])
    expect(first.totals).toMatchObject({ inserted: 3, unchanged: 1 })
    expect((await ground.run()).totals).toMatchObject({ unchanged: 4 })
    await ground.source('north', [{ no: 'n2', id: 2, slug: 'north' }])
    const plan = await ground.plan()
    expect(plan.totals).toMatchObject({ removed: 1 })
    expect(deletedIn(plan, 'north')).toEqual([])
    await ground.run()
    expect(await ground.query('select slug from shops order by slug')).toEqual([
      { slug: 'both' },
      { slug: 'north' },
      { slug: 'south' },
    ])
    expect((await ground.verify()).exitCode).toBe(0)
    await ground.source('south', [{ no: 's2', id: 3, slug: 'south' }])
    await ground.run()
    expect(await ground.query('select slug from shops order by slug')).toEqual([
      { slug: 'north' },
      { slug: 'south' },
    ])
  })

  test('soft-delete marks a row when no pipeline owns it any more', async () => {
    await ground.file('carryover.config.ts', `export default { bookkeeping: { deletedAt: 'deletedAt' } }`)
    await addPipeline(ground, 'shops', shops(''), shopsDdl)
    for (const name of ['north', 'south'])
      await addPipeline(
        ground,
        name,
        pipeline(name, `policies: { missing: 'soft-delete' }, limits: { removals: '100%' },`),
        'select 1',
      )
    const marked = () => ground.query('select slug from shops where deleted_at is not null')
    const both = { id: 1, slug: 'both' }
    const north = { no: 'n2', id: 2, slug: 'north' }
    await ground.source('north', [{ no: 'n1', ...both }, north])
    await ground.source('south', [
      { no: 's1', ...both },
      { no: 's2', id: 3, slug: 'south' },
    ])
    await ground.run()
    await ground.source('north', [north])
    expect((await ground.run()).totals).toMatchObject({ removed: 1 })
    expect(await marked()).toEqual([])
    await ground.source('south', [{ no: 's2', id: 3, slug: 'south' }])
    const plan = await ground.plan()
    const report = await ground.run()
    expect(comparable(plan)).toEqual(comparable(report))
    expect(report.totals).toMatchObject({ removed: 1 })
    expect(await marked()).toEqual([{ slug: 'both' }])
    await ground.source('south', [
      { no: 's1', ...both },
      { no: 's2', id: 3, slug: 'south' },
    ])
    await ground.run()
    expect(await marked()).toEqual([])
    expect((await ground.run()).totals).toMatchObject({ updated: 0, unchanged: 3 })
    expect((await ground.verify()).exitCode).toBe(0)
  })
})

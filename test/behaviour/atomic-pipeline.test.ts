import { expect, test } from 'vitest'
import { halfACircle, keptOf, openRejects, organization, partOf, person, planAndRun } from './atomic.js'
import { addPipeline, writePipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'

/** Orders with lines, and a stub for each customer that is missing. */
async function layOrders(ground: Ground, more = ''): Promise<void> {
  await addPipeline(
    ground,
    'customers',
    `
export const customers = pg.pgTable('customers', { id: pg.integer('id').primaryKey(), name: pg.text('name').notNull() })
export default definePipeline({
  name: 'customers',
  source: { files: '../data/customers.json' },
  record: z.object({ id: z.number(), name: z.string() }),
  key: 'id',
  stub: (key) => ({ id: Number(key), name: 'stub' }),
  target: customers,
  columns: { id: 'id', name: 'name' },
})
`,
    'create table customers (id integer primary key, name text not null)',
  )
  await addPipeline(
    ground,
    'orders',
    `
import { child, parent } from 'carryover'
import customersPipeline, { customers } from './customers.js'
export const orders = pg.pgTable('orders', {
  id: pg.integer('id').primaryKey(),
  slug: pg.text('slug').notNull().unique(),
  customerId: pg.integer('customer_id').references(() => customers.id),
  formerId: pg.integer('former_id').references((): pg.AnyPgColumn => orders.id),
})
export const lines = pg.pgTable('lines', {
  orderId: pg.integer('order_id').notNull().references(() => orders.id),
  sku: pg.text('sku').notNull(),
}, (table) => [pg.primaryKey({ columns: [table.orderId, table.sku] })])
export default definePipeline({
  name: 'orders',
  source: { files: '../data/orders.json' },
  record: z.object({
    id: z.number(), slug: z.string(), customer: z.number().nullish(), former: z.number().nullish(), lines: z.array(z.string()).default([]),
  }),
  key: 'id',
  target: orders,
  columns: {
    id: 'id', slug: 'slug', customerId: reference(customersPipeline, 'customer', { missing: 'stub' }), formerId: reference('orders', 'former'),
  },
  children: [
    child({
      name: 'lines', each: 'lines', record: z.object({ $value: z.string() }), key: '$value', target: lines,
      columns: { orderId: parent(), sku: '$value' },
    }),
  ],
  policies: { atomic: 'pipeline' },
  ${more}
})
`,
    `create table orders (
       id integer primary key, slug text not null unique,
       customer_id integer references customers (id), former_id integer references orders (id));
     create table lines (order_id integer not null references orders (id), sku text not null, primary key (order_id, sku))`,
  )
}

promise('a pipeline that is atomic', (ground) => {
  const atomic = { policies: { atomic: 'pipeline' } } as const

  test('leaves nothing of itself when more is rejected than it admits, and its rejects say why', async () => {
    await ground.source('people', [person(1), person(2)])
    await ground.run(atomic)
    const before = await keptOf(ground)
    await ground.source('people', [
      person(1, { age: 7 }),
      person(2),
      person(3),
      { id: 4 },
      person(5, { age: -1 }),
    ])
    const report = await planAndRun(ground, { ...atomic, batch: 2 })
    expect(report).toMatchObject({ status: 'rejects', exitCode: 4 })
    expect(report.errors[0]?.code).toBe('run.rolled_back')
    expect(report.errors[0]?.message).toContain(
      'people: 2 of 5 records are rejected, and limits.rejects admits 0',
    )
    expect(partOf(report, 'people')).toMatchObject({
      outcomes: { inserted: 1, updated: 1, unchanged: 1, rejected: 2 },
      rows: { inserted: 0, updated: 0, deleted: 0 },
      warnings: expect.arrayContaining([{ code: 'rolled_back', count: 5 }]) as unknown,
    })
    expect(report.pipelines.map(({ verification }) => verification.ok)).toEqual([true, true])
    expect(await keptOf(ground)).toEqual(before)
    expect(await openRejects(ground, 'people')).toEqual(['4', '5'])
    await ground.source('people', [
      person(1, { age: 7 }),
      person(2),
      person(3),
      person(4),
      person(5, { age: 1 }),
    ])
    const mended = await planAndRun(ground, atomic)
    expect(mended).toMatchObject({
      status: 'ok',
      errors: [],
      totals: { inserted: 3, updated: 1, unchanged: 1 },
    })
    expect(await openRejects(ground, 'people')).toEqual([])
    expect(await ground.verify()).toMatchObject({ exitCode: 0 })
  })

  test('is applied when it admits as many rejects, counted or as a share', async () => {
    await ground.source('people', [person(1), person(2), person(3), { id: 4 }])
    for (const [rejects, status] of [
      [`'24%'`, 'rejects'],
      ['0', 'rejects'],
      ['1', 'ok'],
      [`'25%'`, 'ok'],
    ] as const) {
      await ground.file(
        'carryover.config.ts',
        `export default { policies: { atomic: 'pipeline' }, limits: { rejects: ${rejects} } }`,
      )
      expect(await planAndRun(ground)).toMatchObject({ status })
    }
    expect(await ground.query('select id from people')).toHaveLength(3)
  })

  test('keeps those from running that refer to it, directly or not, and lets others run', async () => {
    await layOrders(ground)
    await ground.source('organizations', [organization(1), { id: 2 }])
    await ground.source('people', [person(1, { org: 1 })])
    await ground.source('tickets', [{ id: 1, title: 'one', author: 1 }])
    await ground.source('orders', [{ id: 1, slug: 'one' }])
    const report = await planAndRun(ground, atomic)
    expect(report.errors.map(({ code }) => code)).toEqual(['run.rolled_back', 'run.not_run', 'run.not_run'])
    expect(report.errors[1]?.message).toContain('people is not run: it refers to organizations')
    expect(report.errors[2]?.message).toContain('tickets is not run: it refers to people')
    expect(report.pipelines.map(({ name }) => name)).toEqual(['customers', 'orders', 'organizations'])
    expect(await ground.query('select slug from orders')).toEqual([{ slug: 'one' }])
    expect(await ground.query('select id from organizations')).toEqual([])
  })

  test('takes its children, its stubs and the values that change hands back with it', async () => {
    await layOrders(ground)
    await ground.source('orders', [
      { id: 1, slug: 'a', lines: ['x', 'y'], customer: 1 },
      { id: 2, slug: 'b', lines: ['x'] },
      { id: 3, slug: 'c' },
    ])
    expect(await planAndRun(ground)).toMatchObject({ status: 'ok' })
    const before = await keptOf(ground)
    const next = [
      { id: 1, slug: 'b', lines: ['y', 'z'], customer: 1 },
      { id: 2, slug: 'a', lines: [] },
      { id: 4, slug: 'c', lines: ['w'], customer: 3 },
      { id: 3, slug: 'd' },
      { id: 5, slug: 'e', former: 6 },
      { id: 6, slug: 'f', former: 5 },
    ]
    await ground.source('orders', [...next, { id: 7, slug: 7 }])
    const report = await planAndRun(ground, { batch: 2 })
    expect(partOf(report, 'orders')).toMatchObject({
      outcomes: { inserted: 3, updated: 3, rejected: 1 },
      rows: { inserted: 0, updated: 0, deleted: 0 },
    })
    expect(await keptOf(ground)).toEqual(before)
    await ground.source('orders', next)
    expect(await planAndRun(ground, { batch: 2 })).toMatchObject({ status: 'ok' })
    expect(await ground.query('select order_id, sku from lines order by 1, 2')).toEqual([
      { order_id: 1, sku: 'y' },
      { order_id: 1, sku: 'z' },
      { order_id: 4, sku: 'w' },
    ])
    expect(await ground.query('select id, slug, former_id from orders order by 1')).toMatchObject([
      { id: 1, slug: 'b' },
      { id: 2, slug: 'a' },
      { id: 3, slug: 'd' },
      { id: 4, slug: 'c' },
      { id: 5, slug: 'e', former_id: 6 },
      { id: 6, slug: 'f', former_id: 5 },
    ])
    expect(await planAndRun(ground)).toMatchObject({ totals: { unchanged: 6 } })
  })

  test('keeps what its rows may still point at, though it is gone from the source', async () => {
    const removes = { policies: { atomic: 'pipeline', missing: 'delete' } } as const
    await ground.file('carryover.config.ts', `export default { limits: { removals: '100%' } }`)
    await ground.source('organizations', [organization(1), organization(2)])
    await ground.source('people', [person(1), person(2), person(3)])
    await ground.source('tickets', [
      { id: 1, title: 'one' },
      { id: 2, title: 'two' },
    ])
    await ground.run(removes)
    await ground.source('organizations', [organization(1)])
    await ground.source('people', [person(1), { id: 2 }])
    await ground.source('tickets', [{ id: 1, title: 'one' }])
    const before = await keptOf(ground)
    const report = await planAndRun(ground, removes)
    expect(partOf(report, 'organizations')).toMatchObject({
      outcomes: { removed: 0 },
      warnings: expect.arrayContaining([{ code: 'removal_kept', count: 1 }]) as unknown,
    })
    expect(await keptOf(ground)).toEqual(before)
    await ground.source('people', [person(1), person(2)])
    expect((await planAndRun(ground, removes)).totals).toMatchObject({ removed: 3 })
  })

  test('is refused in a circle of pipelines, where the second pass comes later', async () => {
    await writePipeline(ground, 'north', halfACircle('north', 'south'))
    await writePipeline(ground, 'south', halfACircle('south', 'north'))
    const report = await ground.run(atomic)
    expect(report.errors).toMatchObject([{ code: 'pipeline.atomic_circle' }])
    expect(report.errors[0]?.hint).toContain(`atomic: 'run'`)
    expect(report.exitCode).toBe(1)
  })
})

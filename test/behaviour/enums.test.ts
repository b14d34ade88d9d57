import { expect, test } from 'vitest'
import { check, type EnumReport, type RunReport } from '../../src/index.js'
import { addOrders } from './enum-pipeline.js'
import { promise } from './ground.js'

promise('the legacy values of an enum are told before and after a run', (ground) => {
  test('each distinct one with its count and where it leads, whatever becomes of its record', async () => {
    await addOrders(ground)
    await ground.source('orders', [
      { id: 1, state: 'open' },
      { id: 2, state: 'open', customer: 'nobody' }, // rejected: the reference leads nowhere
      { id: 2, state: 'open' }, // rejected: the second of its key
      { id: 3, state: 0 },
      { id: 4, state: '0' },
      { id: 5, state: 1 },
      { id: 6, state: 'PAID' },
      { id: 7, state: 'offen' },
      { id: 8, state: 'lost' },
      { id: 9, state: true },
      { id: 10, state: null },
      { id: 11 },
      { id: 12, state: '' },
      { id: 13, state: ['open'] },
      { id: 'x', state: 'open' }, // refused by the schema: nothing was mapped
      { id: 1_000_000, state: 'open' }, // filtered
    ])
    const wanted: EnumReport[] = [
      {
        column: 'state',
        enum: 'order_state',
        values: [
          { legacy: 'open', count: 3, via: 'exact', value: 'open' },
          { legacy: null, count: 2, via: 'missing', value: null },
          { legacy: '0', count: 2, via: 'alias', value: 'open' },
          { legacy: '', count: 1, via: 'missing', value: null },
          { legacy: '(array)', count: 1, via: 'unknown', value: null },
          { legacy: '1', count: 1, via: 'alias', value: 'paid' },
          { legacy: 'PAID', count: 1, via: 'normalized', value: 'paid' },
          { legacy: 'lost', count: 1, via: 'unknown', value: null },
          { legacy: 'offen', count: 1, via: 'alias', value: 'open' },
          { legacy: 'true', count: 1, via: 'unknown', value: null },
        ],
      },
    ]
    const { pipelines } = await check({ cwd: ground.dir, env: {} })
    expect(pipelines.find(({ name }) => name === 'orders')?.enums).toEqual(wanted)
    for (const report of [
      await ground.plan(),
      await ground.plan({ batch: 3 }),
      await ground.run({ batch: 4 }),
    ])
      expect(enumsOf(report)).toEqual(wanted)
    expect(enumsOf(await ground.run())).toEqual(wanted)
  })

  test('what came by an alias or in another case is a warning that says how often', async () => {
    await addOrders(ground)
    await ground.source('orders', [
      { id: 1, state: 'offen' },
      { id: 2, state: 1 },
      { id: 3, state: 'offen' },
      { id: 4, state: ' Paid' },
      { id: 5, state: 'open' },
    ])
    const warnings = [
      { code: 'enum_alias', column: 'state', count: 3, values: ['offen', '1'], counts: [2, 1] },
      { code: 'enum_normalized', column: 'state', count: 1, values: [' Paid'], counts: [1] },
    ]
    expect(ordersOf(await ground.run())?.warnings).toEqual(warnings)
    expect(ordersOf(await ground.run())?.warnings).toEqual(warnings)
  })

  test('a column of very many values lists a thousand and counts the others, the same for every batch size', async () => {
    await addOrders(ground, { rule: `legacyEnum('order_state', ['open'], { fallback: 'open' })` })
    const long = 'x'.repeat(300)
    await ground.source('orders', [
      ...Array.from({ length: 1_200 }, (_, id) => ({ id, state: `free text ${id}` })),
      { id: 2_000, state: `${long}a` },
      { id: 2_001, state: `${long}b` },
    ])
    const [small, large] = [await ground.plan({ batch: 70 }), await ground.plan({ batch: 5_000 })]
    expect(enumsOf(small)).toEqual(enumsOf(large))
    const [found] = enumsOf(large)
    expect(found?.values).toHaveLength(1_000)
    expect(found?.values[0]).toMatchObject({ legacy: `${'x'.repeat(200)}…`, count: 2 })
    expect(found?.more).toEqual({ values: 201, records: 201 })
    const [warning] = ordersOf(large)?.warnings ?? []
    expect(warning).toMatchObject({ code: 'enum_fallback', count: 1_202 })
    expect(warning?.values).toHaveLength(20)
  })

  test('those of a sensitive column are counted and not shown, unless they are asked for', async () => {
    await addOrders(ground)
    await ground.file('carryover.config.ts', `export default { sensitive: ['orders.state'] }`)
    await ground.source('orders', [
      { id: 1, state: 'OFFEN' },
      { id: 2, state: 1 },
      { id: 3, state: 'Mars' },
    ])
    const hidden = { legacy: null, value: null, hidden: true }
    const reports = [await ground.plan(), await ground.run()]
    for (const report of reports) {
      expect(enumsOf(report)[0]?.values).toEqual([
        { ...hidden, count: 2, via: 'alias' },
        { ...hidden, count: 1, via: 'unknown' },
      ])
      expect(ordersOf(report)?.warnings).toEqual([{ code: 'enum_alias', column: 'state', count: 2 }])
    }
    const options = { cwd: ground.dir, env: {} }
    expect(JSON.stringify([...reports, await check(options)])).not.toMatch(/OFFEN|Mars/)
    const shown = await check({ ...options, showValues: true })
    expect(JSON.stringify(shown.pipelines.map(({ enums }) => enums))).toMatch(/"Mars".*"OFFEN"/)
  })

  test('those of a list are counted one by one, and land in its order', async () => {
    await addOrders(ground, {
      column: `State.column('state').array()`,
      ddl: 'state text[]',
      made: `State.fromEach('state')`,
    })
    await ground.source('orders', [
      { id: 1, state: ['PAID', 0, 'open'] },
      { id: 2, state: [] },
      { id: 3, state: ['open', 'Mars'] },
      { id: 4, state: 'open' },
      { id: 5 },
    ])
    const report = await ground.run()
    expect(enumsOf(report)[0]?.values.map(({ legacy, count, via }) => [legacy, count, via])).toEqual([
      ['open', 2, 'exact'],
      ['0', 1, 'alias'],
      ['Mars', 1, 'unknown'],
      ['PAID', 1, 'normalized'],
    ])
    expect(ordersOf(report)?.rejects.map(({ code, examples }) => [code, examples[0]?.key])).toEqual([
      ['type', '4'],
      ['unknown_enum', '3'],
    ])
    const rows = await ground.query('select id, cast(state as text) as state from orders order by id')
    expect(rows).toEqual([
      { id: 1, state: '{paid,open,open}' },
      { id: 2, state: '{}' },
      { id: 5, state: null },
    ])
    expect(await ground.run()).toMatchObject({ totals: { unchanged: 3, rejected: 2 } })
  })

  test('a verification counts none', async () => {
    await addOrders(ground)
    await ground.source('orders', [{ id: 1, state: 'offen' }])
    await ground.run()
    const report = ordersOf(await ground.verify())
    expect(report).not.toHaveProperty('enums')
    expect(report?.warnings).toEqual([])
  })
})

function ordersOf(report: RunReport): RunReport['pipelines'][number] | undefined {
  expect(report.errors).toEqual([])
  return report.pipelines.find(({ name }) => name === 'orders')
}

function enumsOf(report: RunReport): EnumReport[] {
  return ordersOf(report)?.enums ?? []
}

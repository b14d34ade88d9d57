import { expect, test } from 'vitest'
import { migrate, type RunReport } from '../../src/index.js'
import { addOrders } from './enum-pipeline.js'
import { promise, type Ground } from './ground.js'

/** An order for each of the values. */
const orders = [
  { id: 1, state: 'open' },
  { id: 2, state: 'paid' },
]

/** What holds the column to its labels: how it is declared, and the older state of the database. */
const holders = [
  {
    holder: 'a native enum',
    column: `pg.pgEnum('order_state', ['open', 'paid', 'it\\'s'])('state')`,
    old: `pg.pgEnum('order_state', ['open'])('state')`,
    before: `create type order_state as enum ('open')`,
    ddl: 'state order_state',
    by: { postgres: 'type "order_state"', sqlite: 'check state type' },
  },
  {
    holder: 'a check',
    column: `State.column('state')`,
    old: `pg.text('state')`,
    checks: `State.check('orders_state_check', table.state)`,
    oldChecks: `pg.check('orders_state_check', sql\`\${table.state} in ('open')\`)`,
    ddl: `state text constraint orders_state_check check (state in ('open'))`,
    by: { postgres: 'check orders_state_check', sqlite: 'check orders_state_check' },
  },
]

const rule = `legacyEnum('order_state', ['open', 'paid', 'it\\'s'])`

type Holder = (typeof holders)[number]
const [, aCheck] = holders as [Holder, Holder]

/** A database from before the enum had all of its values, and the pipeline of today. */
async function layOld(
  ground: Ground,
  held: Holder,
  alsoThere = async (): Promise<void> => {},
): Promise<void> {
  if (held.before !== undefined && ground.engine === 'postgres') await ground.query(held.before)
  const old = { rule: `legacyEnum('order_state', ['open'])`, column: held.old, checks: held.oldChecks ?? '' }
  await addOrders(ground, { ...old, ddl: held.ddl })
  await alsoThere()
  await addOrders(ground, { rule, column: held.column, checks: held.checks ?? '', again: true })
  await ground.source('orders', orders)
}

promise('a value that the database does not take is told before any record is written', (ground) => {
  test.each(holders)('when it is held by $holder, with the statements that mend it', async (held) => {
    await layOld(ground, held)
    await ground.source('organizations', [{ id: 1, slug: 'a', name: 'A' }])
    for (const report of [await ground.plan(), await ground.plan({ rehearse: true }), await ground.run()]) {
      expect(report).toMatchObject({ status: 'failed', exitCode: 1, pipelines: [] })
      expect(report.errors).toEqual([
        {
          code: 'pipeline.enum_label',
          message: `The database does not take every value of an enum:\norders.state lacks paid, it's of order_state (${held.by[ground.engine]})`,
          hint: expect.stringContaining('`carryover migrate`'),
        },
      ])
    }
    expect(await ground.query('select * from organizations')).toEqual([])

    for (const statement of statementsOf(await ground.plan())) await ground.query(statement)
    const mended = await ground.run()
    expect(mended).toMatchObject({ status: 'ok', totals: { inserted: 3 } })
    // The mended table is the declared one: nothing is left to migrate.
    if (ground.engine === 'sqlite')
      expect(await migrate({ cwd: ground.dir, database: ground.url, env: {}, dryRun: true })).toMatchObject({
        errors: [],
        state: { pending: [] },
      })
  })

  test('for all pipelines at once', async () => {
    await layOld(ground, aCheck, () =>
      addOrders(ground, {
        name: 'bills',
        rule: `legacyEnum('bill_state', ['sent', 'void'])`,
        checks: `pg.check('bills_state_check', sql\`\${table.state} is null or \${table.state} in ('sent')\`)`,
        ddl: `state text, constraint bills_state_check check (state is null or state in ('sent'))`,
      }),
    )
    const [error] = (await ground.run()).errors
    expect(error?.message.split('\n').slice(1).toSorted()).toEqual([
      'bills.state lacks void of bill_state (check bills_state_check)',
      `orders.state lacks paid, it's of order_state (check orders_state_check)`,
    ])
    expect(statementsOf(await ground.plan())).toHaveLength(4)
  })

  test('with the schema of a type that is not in the public one', async ({ skip }) => {
    if (ground.engine === 'sqlite') return skip('SQLite has neither types nor schemas')
    await ground.query(`create schema "Bill ing"; create type "Bill ing"."state" as enum ('open')`)
    await addOrders(ground, {
      rule,
      column: `pg.pgSchema('Bill ing').enum('state', ['open', 'paid', 'it\\'s'])('state')`,
      ddl: `state "Bill ing"."state"`,
    })
    expect(statementsOf(await ground.run())).toEqual([
      `ALTER TYPE "Bill ing"."state" ADD VALUE 'paid' AFTER 'open';`,
      `ALTER TYPE "Bill ing"."state" ADD VALUE 'it''s' AFTER 'paid';`,
    ])
  })

  test('and is no matter of a verification, nor of a pipeline that does not run', async () => {
    await layOld(ground, aCheck)
    expect((await ground.run({ only: ['organizations'] })).errors).toEqual([])
    expect((await ground.verify()).errors).toEqual([])
  })

  test('a check that is no list, or one with more than the enum has, stands in nobody’s way', async () => {
    await addOrders(ground, {
      rule: `legacyEnum('order_state', ['open', 'paid'])`,
      checks: `pg.check('length', sql\`length(\${table.state}) > 2\`), pg.check('list', sql\`\${table.state} in ('gone', 'paid', 'open')\`)`,
      ddl: `state text, constraint length check (length(state) > 2), constraint list check (state in ('gone', 'paid', 'open'))`,
    })
    await ground.source('orders', orders)
    expect(await ground.run()).toMatchObject({ status: 'ok', errors: [] })
  })
})

function statementsOf(report: RunReport): string[] {
  return (report.errors[0]?.hint ?? '').split('\n').slice(1)
}

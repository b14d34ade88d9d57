import { beforeEach, expect, test } from 'vitest'
import type { RunReport } from '../../src/index.js'
import { messagesOf } from './comparable.js'
import { everythingButRuns } from './everything.js'
import { addPipeline } from './extra-pipeline.js'
import { layGround, promise, type Ground } from './ground.js'
import { emptyThings, heldThings, layThings, outcomeOf, runThings, type Thing } from './things.js'

const batches = [1, 2, 100]

promise('values that change hands', (ground) => {
  beforeEach(() => layThings(ground))

  test.each([
    ['a swap of two', 'ab', 'ba', ''],
    ['a ring of three', 'abc', 'bca', ''],
    ['a ring of three, the other way round', 'abc', 'cab', ''],
    ['several rings', 'abcdefg', 'badefcg', ''],
    ['a ring, and a chain that frees up at its end', 'abcde', 'badez', ''],
    ['a chain that ends at a row that keeps its value', 'abcd', 'bccd', 'ab'],
    ['a ring, and two that want what it keeps', 'abcd', 'baab', 'cd'],
    ['a ring with one who wants the same as a member of it', 'abc', 'bab', 'c'],
  ])('%s', async (_, before, after, refused) => {
    const now = thingsOf(after)
    const expected = now.map(({ key, slug }, at) => [key, refused.includes(key) ? before[at] : slug])
    for (const [batch, records] of [
      [1, now],
      [2, [...now.slice(1), ...now.slice(0, 1)]],
      [3, now],
      [100, now.toReversed()],
    ] as const) {
      await emptyThings(ground)
      await ground.source('things', thingsOf(before))
      await ground.run({ only: ['things'] })
      await ground.source('things', records)
      const outcome = await runThings(ground, { batch })
      expect(await heldThings(ground)).toEqual(Object.fromEntries(expected))
      expect(outcome.rejects).toEqual(
        Object.fromEntries(refused.split('').map((key) => [key, 'unique_conflict'])),
      )
      await expectSettled(ground, batch)
    }
  })

  test('rings over two keys at once, one of which does not tell case', async () => {
    const old: Thing[] = [
      { key: 'p', id: 1, slug: 'a', mail: 'p@x' },
      { key: 'q', id: 2, slug: 'b', mail: 'Q@x' },
      { key: 'r', id: 3, slug: 'c', mail: 'r@x' },
    ]
    const now: Thing[] = [
      { key: 'p', id: 1, slug: 'b', mail: 'p@x' },
      { key: 'q', id: 2, slug: 'q', mail: 'R@x' },
      { key: 'r', id: 3, slug: 'c', mail: 'q@X' },
    ]
    const ring: Thing[] = [
      { key: 'p', id: 1, slug: 'b', mail: 'p@x' },
      { key: 'q', id: 2, slug: 'c', mail: 'P@x' },
      { key: 'r', id: 3, slug: 'r', mail: 'Q@x' },
    ]
    for (const [batch, records] of [
      [1, now],
      [2, now.toReversed()],
      [100, now],
      [3, ring],
      [100, ring.toReversed()],
    ] as const) {
      await emptyThings(ground)
      await ground.source('things', old)
      await ground.run({ only: ['things'] })
      await ground.source('things', records)
      const refused = records.includes(ring[0] as Thing) ? ['p', 'q', 'r'] : []
      expect((await runThings(ground, { batch })).rejects).toEqual(
        Object.fromEntries(refused.map((key) => [key, 'unique_conflict'])),
      )
      await expectSettled(ground, batch)
    }
  })

  test('a plan shows what the rows hold, and not what is parked for the moment', async () => {
    await ground.source('things', thingsOf('ab'))
    await ground.run({ only: ['things'] })
    await ground.source('things', thingsOf('ba'))
    const planned = await ground.plan({ only: ['things'] })
    expect(planned.pipelines[0]?.changes?.map((change) => change.columns)).toEqual([
      [{ column: 'slug', from: 'a', to: 'b' }],
      [{ column: 'slug', from: 'b', to: 'a' }],
    ])
  })

  test('a member of the ring that the table refuses leaves everybody as they were', async () => {
    await ground.source('things', thingsOf('abc'))
    await ground.run({ only: ['things'] })
    const [first, ...others] = thingsOf('bca')
    await ground.source('things', [{ ...first, name: 'bad' }, ...others])
    for (const batch of [1, 100]) {
      const report = await ground.run({ batch, only: ['things'] })
      expect(outcomeOf(report).rejects).toEqual({
        a: 'unique_conflict',
        b: 'unique_conflict',
        c: 'unique_conflict',
      })
      expect(messagesOf(report, 'things')['a']).toBe('the row 2 holds its value of things_slug_unique')
      expect(await heldThings(ground)).toEqual({ a: 'a', b: 'b', c: 'c' })
    }
  })

  test('the key of a row is never given up, also where its record has another one now', async () => {
    const row: Thing = { key: 'p', id: 1, slug: 'a' }
    const renumbered: Thing = { key: 'p', id: 2, slug: 'c' }
    const next: Thing = { key: 'q', id: 3, slug: 'b' }
    for (const [batch, records] of [
      [1, [renumbered, { ...next, id: 1 }]],
      [100, [renumbered, { ...next, id: 1 }]],
      [100, [{ ...next, id: 1 }, renumbered]],
    ] as const) {
      await emptyThings(ground)
      await ground.source('things', [row, next])
      await ground.run({ only: ['things'] })
      await ground.source('things', records)
      expect((await runThings(ground, { batch })).rejects).toEqual({ q: 'unique_conflict' })
      await emptyThings(ground)
      await ground.source('things', [row])
      await ground.run({ only: ['things'] })
      await ground.source('things', records)
      expect((await runThings(ground, { batch })).rejects).toEqual({ q: 'duplicate' })
    }
  })

  test('a row that is taken over is no part of a ring: a record that points at two rows is ambiguous', async () => {
    await ground.query(`insert into things (id, slug, mail) values (1, 'a', 'p@x'), (2, 'b', 'q@x')`)
    await ground.source('things', [
      { key: 'p', id: 1, slug: 'b', mail: 'p@x' },
      { key: 'q', id: 2, slug: 'a', mail: 'q@x' },
    ])
    for (const batch of batches)
      expect((await runThings(ground, { batch })).rejects).toEqual({ p: 'ambiguous', q: 'ambiguous' })
  })

  test('a chain of 1,000 in the worst order takes two passes, not a thousand', async () => {
    const chain = (shift: number): Thing[] =>
      Array.from({ length: 1000 }, (_, at) => ({ key: `k${at}`, id: at + 1, slug: `s${at + shift}` }))
    await ground.source('things', chain(0))
    await ground.run({ only: ['things'] })
    for (const [shift, batch] of [
      [1, 100],
      [0, 1000],
    ] as const) {
      await ground.source('things', chain(shift))
      const startedMs = performance.now()
      const report = await ground.run({ batch, only: ['things'] })
      expect(outcomeOf(report)).toEqual({ outcomes: { updated: 1000 }, rows: { updated: 1000 }, rejects: {} })
      // A thousand passes take minutes; a slow machine takes seconds for two.
      expect(performance.now() - startedMs).toBeLessThan(40_000)
    }
  })
})

promise('values change hands through keys of every kind', (ground) => {
  const swap = async (name: string, before: object[], after: object[]): Promise<RunReport['totals'][]> => {
    const totals: RunReport['totals'][] = []
    for (const batch of [1, 100]) {
      await ground.source(name, before)
      expect((await ground.run({ batch, only: [name] })).errors).toEqual([])
      for (const records of [after, after.toReversed()]) {
        await ground.source(name, records)
        const planned = await ground.plan({ batch, only: [name] })
        const done = await ground.run({ batch, only: [name] })
        expect(done.errors).toEqual([])
        await ground.source(name, before)
        totals.push(planned.totals, done.totals, (await ground.run({ batch, only: [name] })).totals)
      }
    }
    return totals
  }
  const bothUpdated = Array.from({ length: 12 }, () => expect.objectContaining({ updated: 2, rejected: 0 }))

  test.each([
    [
      'text of a given shape',
      `pg.text('v').notNull().unique()`,
      `text not null constraint t_v_unique unique`,
      `text`,
      `v ~ '^[a-z]-[0-9]+$'`,
      `v glob '[a-z]-[0-9]*'`,
      ['a-1', 'b-2'],
    ],
    [
      'short text',
      `pg.varchar('v', { length: 2 }).notNull().unique()`,
      `varchar(2) not null constraint t_v_unique unique`,
      'text',
      '',
      '',
      ['a', 'bc'],
    ],
    [
      'positive numbers',
      `pg.integer('v').notNull().unique()`,
      `integer not null constraint t_v_unique unique`,
      'number',
      'v > 0',
      'v > 0',
      [1, 2],
    ],
    [
      'small numbers',
      `pg.smallint('v').notNull().unique()`,
      `smallint not null constraint t_v_unique unique`,
      'number',
      'v < 1000',
      'v < 1000',
      [100, 200],
    ],
    [
      'UUIDs',
      `pg.uuid('v').notNull().unique()`,
      `uuid not null constraint t_v_unique unique`,
      'text',
      '',
      '',
      ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'],
    ],
    [
      'days',
      `pg.date('v').notNull().unique()`,
      `date not null constraint t_v_unique unique`,
      'text',
      '',
      '',
      ['2020-01-01', '2020-01-02'],
    ],
    [
      'values that may be null',
      `pg.text('v').unique()`,
      `text constraint t_v_unique unique`,
      'text',
      `v in ('a', 'b')`,
      `v in ('a', 'b')`,
      ['a', 'b'],
    ],
  ] as const)('%s', async (_, drizzle, ddl, kind, check, sqliteCheck, [one, two]) => {
    const condition = ground.engine === 'sqlite' ? sqliteCheck : check
    await addPipeline(
      ground,
      't',
      pipelineOf(
        `{ id: pg.integer('id').primaryKey(), v: ${drizzle} }, () => [${condition === '' ? '' : `pg.check('t_v_check', sql.raw(${JSON.stringify(condition)}))`}]`,
        `z.object({ id: z.number(), v: z.${kind === 'text' ? 'string' : 'number'}() })`,
        `{ id: 'id', v: 'v' }`,
      ),
      `create table t (id integer primary key, v ${ddl}${check === '' ? '' : `, constraint t_v_check check (${check})`})`,
    )
    const totals = await swap(
      't',
      [
        { id: 1, v: one },
        { id: 2, v: two },
      ],
      [
        { id: 1, v: two },
        { id: 2, v: one },
      ],
    )
    expect(totals).toEqual(bothUpdated)
  })

  test('composite and partial ones, also where a foreign key is one of the columns', async () => {
    await addPipeline(
      ground,
      't',
      pipelineOf(
        `{ id: pg.integer('id').primaryKey(), houseId: pg.integer('house_id').references(() => houses.id), no: pg.integer('no').notNull(), gone: pg.boolean('gone').notNull() },
         (table) => [pg.uniqueIndex('t_place').on(table.houseId, table.no).where(sql\`\${table.gone} = false\`)]`,
        `z.object({ id: z.number(), houseId: z.number(), no: z.number(), gone: z.boolean() })`,
        `{ id: 'id', houseId: 'houseId', no: 'no', gone: 'gone' }`,
        `export const houses = pg.pgTable('houses', { id: pg.integer('id').primaryKey() })`,
      ),
      `create table houses (id integer primary key);
       create table t (id integer primary key, house_id integer references houses (id), no integer not null, gone boolean not null);
       create unique index t_place on t (house_id, no) where gone = false`,
    )
    if (ground.engine === 'sqlite')
      await ground.query('create table if not exists houses (id integer primary key)')
    await ground.query('insert into houses values (1), (2)')
    const totals = await swap(
      't',
      [
        { id: 1, houseId: 1, no: 1, gone: false },
        { id: 2, houseId: 2, no: 1, gone: false },
      ],
      [
        { id: 1, houseId: 2, no: 1, gone: false },
        { id: 2, houseId: 1, no: 1, gone: false },
      ],
    )
    expect(totals).toEqual(bothUpdated)
  })

  test('of all rows at once, where the column has few other values', async () => {
    await addPipeline(
      ground,
      'places',
      `
export const places = pg.pgTable('places', {
  id: pg.integer('id').primaryKey(),
  place: pg.smallint('place').notNull().unique(),
}, (table) => [pg.check('places_place_check', sql\`\${table.place} between 100 and 999\`)])
export default definePipeline({
  name: 'places',
  source: { files: '../data/places.json' },
  record: z.object({ id: z.number(), place: z.number() }),
  key: 'id',
  target: places,
  columns: { id: 'id', place: 'place' },
})
`,
      `create table places (id integer primary key, place smallint not null constraint places_place_unique unique,
         constraint places_place_check check (place between 100 and 999))`,
    )
    const count = 150
    const placed = (by: number) =>
      Array.from({ length: count }, (_, id) => ({ id, place: 100 + ((id + by) % count) }))
    await ground.source('places', placed(0))
    await ground.run({ only: ['places'] })
    await ground.source('places', placed(1))
    const planned = await ground.plan({ only: ['places'] })
    const done = await ground.run({ only: ['places'] })
    expect([planned.totals.updated, done.totals.updated]).toEqual([count, count])
    expect(await ground.query('select id from places where place <> 100 + (id + 1) % 150')).toEqual([])
  })

  test('ones that nobody matches on', async () => {
    await addPipeline(
      ground,
      't',
      pipelineOf(
        `{ id: pg.integer('id').primaryKey(), v: pg.text('v').notNull().unique() }`,
        `z.object({ id: z.number(), v: z.string() })`,
        `{ id: 'id', v: 'v' }`,
      ).replace(`key: 'id',`, `key: 'id', match: [['id']],`),
      `create table t (id integer primary key, v text not null constraint t_v_unique unique)`,
    )
    const totals = await swap(
      't',
      [
        { id: 1, v: 'a' },
        { id: 2, v: 'b' },
      ],
      [
        { id: 1, v: 'b' },
        { id: 2, v: 'a' },
      ],
    )
    expect(totals).toEqual(bothUpdated)
  })

  test('not where no other value is allowed: the records are refused as they were', async () => {
    await addPipeline(
      ground,
      't',
      pipelineOf(
        `{ id: pg.integer('id').primaryKey(), v: pg.text('v').notNull().unique() }, () => [pg.check('t_v_check', sql.raw("v in ('aa', 'bb')"))]`,
        `z.object({ id: z.number(), v: z.string() })`,
        `{ id: 'id', v: 'v' }`,
      ),
      `create table t (id integer primary key, v text not null constraint t_v_unique unique, constraint t_v_check check (v in ('aa', 'bb')))`,
    )
    await ground.source('t', [
      { id: 1, v: 'aa' },
      { id: 2, v: 'bb' },
    ])
    await ground.run({ only: ['t'] })
    await ground.source('t', [
      { id: 1, v: 'bb' },
      { id: 2, v: 'aa' },
    ])
    for (const batch of [1, 100]) {
      const planned = await ground.plan({ batch, only: ['t'] })
      const done = await ground.run({ batch, only: ['t'] })
      expect(done.totals).toMatchObject({ updated: 0, rejected: 2 })
      expect(planned.totals).toEqual(done.totals)
    }
  })
})

test('on Postgres, values change hands where nulls are not distinct, and under a deferrable constraint', async () => {
  const ground = await layGround('postgres')
  await addPipeline(
    ground,
    't',
    pipelineOf(
      `{ id: pg.integer('id').primaryKey(), house: pg.text('house'), floor: pg.integer('floor'), no: pg.integer('no').unique() },
       (table) => [pg.unique('t_place').on(table.house, table.floor).nullsNotDistinct()]`,
      `z.object({ id: z.number(), house: z.string().nullable(), floor: z.number().nullable(), no: z.number() })`,
      `{ id: 'id', house: 'house', floor: 'floor', no: 'no' }`,
    ),
    `create table t (id integer primary key, house text, floor integer, no integer,
       constraint t_place unique nulls not distinct (house, floor),
       constraint t_no unique (no) deferrable initially deferred)`,
  )
  const before = [
    { id: 1, house: null, floor: null, no: 1 },
    { id: 2, house: 'a', floor: null, no: 2 },
  ]
  const after = [
    { id: 1, house: 'a', floor: null, no: 2 },
    { id: 2, house: null, floor: null, no: 1 },
  ]
  for (const records of [before, after, before, after.toReversed()]) {
    await ground.source('t', records)
    const planned = await ground.plan({ only: ['t'] })
    const done = await ground.run({ only: ['t'] })
    expect(done).toMatchObject({ status: 'ok', errors: [], totals: { rejected: 0 } })
    expect(planned.totals).toEqual(done.totals)
  }
  expect(await ground.query('select * from t order by id')).toEqual(after)
})

/** `abc` → the records a, b and c with the slugs a, b and c; `bca` → with the slugs b, c and a. */
function thingsOf(slugs: string): Thing[] {
  return slugs.split('').map((slug, at) => ({ key: 'abcdefg'[at] as string, id: at + 1, slug }))
}

/** A later run writes nothing, and refuses whom the one before refused. */
async function expectSettled(ground: Ground, batch: number): Promise<void> {
  const before = await everythingButRuns(ground)
  expect((await ground.run({ batch, only: ['things'] })).totals).toMatchObject({ inserted: 0, updated: 0 })
  expect(await everythingButRuns(ground)).toEqual(before)
}

function pipelineOf(table: string, record: string, columns: string, more = ''): string {
  return `
${more}
export const t = pg.pgTable('t', ${table})
export default definePipeline({
  name: 't',
  source: { files: '../data/t.json' },
  record: ${record},
  key: 'id',
  target: t,
  columns: ${columns},
})
`
}

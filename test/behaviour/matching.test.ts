import { expect, test } from 'vitest'
import { messagesOf, rejectsOf } from './comparable.js'
import { everything } from './everything.js'
import { addPipeline } from './extra-pipeline.js'
import { layGround, promise, type Ground } from './ground.js'

const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`

promise('a row that was there before is adopted by its unique keys', (ground) => {
  const before = async () => {
    await ground.query(
      `insert into people (id, email, handle, age) values ('${id(1)}', 'ada@example.org', 'Ada', 20)`,
    )
    await ground.source('people', [{ id: 'x', email: 'ada@example.org', handle: 'Ada', age: 36 }])
    await ground.source('tickets', [{ id: 1, title: 'hers', author: 'x' }])
  }
  const ada = () => ground.query('select id, age from people')

  test('update: it gets the values of the record and keeps its key, which references lead to', async () => {
    await before()
    const report = await ground.run()
    expect(report).toMatchObject({ status: 'ok', totals: { inserted: 1, updated: 1 } })
    expect(await ada()).toEqual([{ id: id(1), age: 36 }])
    expect(await ground.query('select author_id from tickets')).toEqual([{ author_id: id(1) }])
    expect((await ground.run()).totals).toMatchObject({ unchanged: 2, updated: 0 })
  })

  test('keep: it stays as it is, references lead to it, and the next run does not overwrite it either', async () => {
    await before()
    const policies = { adopt: 'keep' } as const
    expect((await ground.run({ policies })).totals).toMatchObject({ inserted: 1, kept: 1 })
    expect(await ada()).toEqual([{ id: id(1), age: 20 }])
    expect(await ground.query('select author_id from tickets')).toEqual([{ author_id: id(1) }])
    expect((await ground.run({ policies })).totals).toMatchObject({ inserted: 0, updated: 0 })
    expect(await ada()).toEqual([{ id: id(1), age: 20 }])
  })

  test('reject: the record is refused, and so is what refers to it', async () => {
    await before()
    const report = await ground.run({ policies: { adopt: 'reject' } })
    expect(rejectsOf(report, 'people')).toEqual({ x: 'exists' })
    expect(messagesOf(report, 'people')['x']).toContain(id(1))
    expect(rejectsOf(report, 'tickets')).toEqual({ 1: 'missing_reference author_id' })
    expect(await ada()).toEqual([{ id: id(1), age: 20 }])
  })

  test('a row that is as the record wants it is adopted without a write', async () => {
    await before()
    await ground.query('update people set age = 36')
    expect((await ground.run({ only: ['people'] })).totals).toMatchObject({ unchanged: 1, updated: 0 })
  })
})

promise('several records for one row', (ground) => {
  const people = [
    { id: 1, email: 'ada@example.org', handle: 'ada', age: 1 },
    { id: 2, email: 'ada@example.org', age: 2 },
    { id: 3, email: 'other@example.org', handle: 'ADA' },
  ]
  const tickets = [1, 2, 3].map((author) => ({ id: author, title: `of ${author}`, author }))

  test.each([1, 100])(
    'reject: the first wins, the others are refused, and what refers to them reaches its row (batches of %i)',
    async (batch) => {
      await ground.source('people', people)
      await ground.source('tickets', tickets)
      const report = await ground.run({ batch })
      expect(rejectsOf(report, 'people')).toEqual({ 2: 'duplicate', 3: 'duplicate' })
      expect(rejectsOf(report, 'tickets')).toEqual({})
      expect(
        await ground.query('select distinct p.age from tickets t join people p on p.id = t.author_id'),
      ).toEqual([{ age: 1 }])
      expect(await ground.query('select email, age from people')).toEqual([
        { email: 'ada@example.org', age: 1 },
      ])
    },
  )

  test.each([1, 100])(
    'first: a reference to any of their keys reaches the row (batches of %i)',
    async (batch) => {
      await ground.source('people', people)
      await ground.source('tickets', tickets)
      const policies = { duplicates: 'first' } as const
      const report = await ground.run({ batch, policies })
      expect(report).toMatchObject({ status: 'ok', totals: { inserted: 4, duplicate: 2 } })
      expect(
        await ground.query(
          'select count(distinct author_id) as authors, count(author_id) as tickets from tickets',
        ),
      ).toEqual([ground.engine === 'sqlite' ? { authors: 1, tickets: 3 } : { authors: '1', tickets: '3' }])
      const before = await ground.query('select * from people')
      expect((await ground.run({ batch, policies })).totals).toMatchObject({
        unchanged: 4,
        duplicate: 2,
        updated: 0,
      })
      expect(await ground.query('select * from people')).toEqual(before)
    },
  )

  test('a duplicate that is mended gets a row of its own', async () => {
    await ground.source('people', people)
    const policies = { duplicates: 'first' } as const
    await ground.run({ policies })
    await ground.source('people', [people[0], { id: 2, email: 'second@example.org', age: 2 }, people[2]])
    const report = await ground.run({ policies })
    expect(report.totals).toMatchObject({ inserted: 1, unchanged: 1, duplicate: 1 })
    await ground.source('tickets', [{ id: 2, title: 'hers', author: 2 }])
    await ground.run({ policies })
    expect(await ground.query('select p.email from tickets t join people p on p.id = t.author_id')).toEqual([
      { email: 'second@example.org' },
    ])
  })
})

promise('a new export with new legacy keys and the same slugs', (ground) => {
  const export1 = [
    { id: 'a-1', slug: 'a', name: 'A' },
    { id: 'b-1', slug: 'b', name: 'B' },
  ]
  const export2 = [
    { id: 'b-2', slug: 'b', name: 'B' },
    { id: 'a-2', slug: 'a', name: 'A renamed' },
  ]

  test('updates what differs, inserts nothing, and references by the old keys still reach the rows', async () => {
    await ground.source('organizations', export1)
    await ground.run()
    const before = await ground.query('select id, slug from organizations order by slug')
    await ground.source('organizations', export2)
    await ground.source('people', [
      { id: 1, email: 'old@example.org', org: 'a-1' },
      { id: 2, email: 'new@example.org', org: 'a-2' },
    ])
    const report = await ground.run()
    expect(report).toMatchObject({
      status: 'ok',
      totals: { inserted: 2, updated: 1, unchanged: 1, rejected: 0 },
    })
    expect(await ground.query('select id, slug from organizations order by slug')).toEqual(before)
    expect(
      await ground.query(
        'select distinct o.slug from people p join organizations o on o.id = p.organization_id',
      ),
    ).toEqual([{ slug: 'a' }])
    expect((await ground.run()).totals).toMatchObject({ inserted: 0, updated: 0, unchanged: 4 })
  })

  test('a third export, and the first one again, change no more than what differs', async () => {
    for (const version of [1, 2, 3, 1]) {
      await ground.source(
        'organizations',
        ['a', 'b'].map((slug) => ({ id: `${slug}-${version}`, slug, name: slug })),
      )
      const report = await ground.run()
      expect(report.status).toBe('ok')
      expect(report.totals).toMatchObject(version === 1 ? {} : { inserted: 0, updated: 0, unchanged: 2 })
    }
    expect(await ground.query('select slug from organizations order by slug')).toEqual([
      { slug: 'a' },
      { slug: 'b' },
    ])
  })

  test.each([1, 2, 100])(
    'a key takes over only when the old one is gone, in any order (batches of %i)',
    async (batch) => {
      const both = [
        { id: 'a-2', slug: 'a', name: 'second' },
        { id: 'a-1', slug: 'a', name: 'first' },
      ]
      for (const records of [both, both.toReversed()]) {
        await ground.query('delete from organizations')
        if (await hasLedger(ground)) await ground.query(`delete from ${ground.ledger('records')}`)
        await ground.source('organizations', [{ id: 'a-1', slug: 'a', name: 'old' }])
        await ground.run({ batch })
        await ground.source('organizations', records)
        const report = await ground.run({ batch })
        expect(rejectsOf(report, 'organizations')).toEqual({ 'a-2': 'duplicate' })
        expect(await ground.query('select name from organizations')).toEqual([{ name: 'first' }])
        await ground.source('organizations', [records.find((record) => record.id === 'a-2')])
        expect((await ground.run({ batch })).totals).toMatchObject({ updated: 1, inserted: 0 })
        expect(await ground.query('select name from organizations')).toEqual([{ name: 'second' }])
      }
    },
  )

  test('a key that is gone because its record was refused does not lose its row', async () => {
    await ground.source('organizations', [{ id: 'a-1', slug: 'a', name: 'old' }])
    await ground.run()
    await ground.source('organizations', [
      { id: 'a-2', slug: 'a', name: 'new' },
      { id: 'a-1', slug: 'a', name: 7 },
    ])
    const report = await ground.run()
    expect(rejectsOf(report, 'organizations')).toEqual({ 'a-1': 'invalid_record name', 'a-2': 'duplicate' })
    expect(await ground.query('select name from organizations')).toEqual([{ name: 'old' }])
  })
})

promise('a row that somebody deleted', (ground) => {
  const lay = async () => {
    await ground.source('organizations', [
      { id: 1, slug: 'a', name: 'A' },
      { id: 2, slug: 'b', name: 'B' },
    ])
    await ground.run()
    await ground.query(`delete from organizations where slug = 'a'`)
  }

  test('stays deleted, run after run, until the policy says otherwise', async () => {
    await lay()
    for (const _ of [1, 2]) {
      const report = await ground.run()
      expect(report).toMatchObject({ status: 'ok', totals: { kept: 1, unchanged: 1, inserted: 0 } })
      expect(report.pipelines[0]?.warnings).toContainEqual({ code: 'row_deleted', count: 1 })
    }
    const report = await ground.run({ policies: { deleted: 'recreate' } })
    expect(report).toMatchObject({ status: 'ok', totals: { inserted: 1, unchanged: 1 } })
    expect(await ground.query('select slug from organizations order by slug')).toEqual([
      { slug: 'a' },
      { slug: 'b' },
    ])
  })

  test('comes back with deleted: recreate, at once and once', async () => {
    await lay()
    const policies = { deleted: 'recreate' } as const
    expect((await ground.run({ policies })).totals).toMatchObject({ inserted: 1, unchanged: 1 })
    expect((await ground.run({ policies })).totals).toMatchObject({ inserted: 0, unchanged: 2 })
  })

  test('stays deleted also when its record has changed', async () => {
    await lay()
    await ground.source('organizations', [
      { id: 1, slug: 'a', name: 'changed' },
      { id: 2, slug: 'b', name: 'B' },
    ])
    expect((await ground.run()).totals).toMatchObject({ kept: 1, inserted: 0 })
    expect((await ground.run()).totals).toMatchObject({ kept: 1, inserted: 0 })
  })

  test('leads nowhere: what refers to it is refused', async () => {
    await lay()
    await ground.source('people', [{ id: 1, email: 'ada@example.org', org: 1 }])
    for (const _ of [1, 2])
      expect(rejectsOf(await ground.run(), 'people')).toEqual({ 1: 'missing_reference organization_id' })
  })

  test('somebody else’s row with its key is not taken for it', async () => {
    await lay()
    await ground.query(`insert into organizations (id, slug, name) values ('${id(5)}', 'a', 'made anew')`)
    expect((await ground.run()).totals).toMatchObject({ kept: 1 })
    expect((await ground.run({ policies: { deleted: 'recreate' } })).totals).toMatchObject({
      updated: 1,
      inserted: 0,
    })
    expect(await ground.query(`select id, name from organizations where slug = 'a'`)).toEqual([
      { id: id(5), name: 'A' },
    ])
  })
})

promise('values that change hands within one source', (ground) => {
  const write = (pairs: Record<string, string>) =>
    ground.source(
      'people',
      Object.entries(pairs).map(([key, name]) => ({ id: key, email: `${name}@example.org` })),
    )
  const held = async () => {
    const rows = await ground.query(
      `select l.legacy_key, p.email from people p join ${ground.ledger('records')} l on l.row_key = ${
        ground.engine === 'sqlite' ? 'p.id' : 'p.id::text'
      } where l.pipeline = 'people' and l.role = 'owner' order by 1`,
    )
    return Object.fromEntries(rows.map((row) => [row['legacy_key'], String(row['email']).split('@')[0]]))
  }

  test.each([1, 2, 100])('what frees up later in the file is waited for (batches of %i)', async (batch) => {
    await write({ p: 'a', q: 'b', r: 'c' })
    await ground.run({ batch })
    await write({ p: 'b', q: 'c', r: 'd' })
    expect(await ground.run({ batch })).toMatchObject({ status: 'ok', totals: { updated: 3 } })
    expect(await held()).toEqual({ p: 'b', q: 'c', r: 'd' })
    await write({ p: 'x', q: 'b', r: 'c' })
    expect(await ground.run({ batch })).toMatchObject({ status: 'ok', totals: { updated: 3 } })
    expect(await held()).toEqual({ p: 'x', q: 'b', r: 'c' })
  })

  test.each([1, 100])('a new record takes what a row gives up (batches of %i)', async (batch) => {
    await write({ p: 'a' })
    await ground.run({ batch })
    await write({ n: 'a', p: 'b' })
    expect(await ground.run({ batch })).toMatchObject({ status: 'ok', totals: { inserted: 1, updated: 1 } })
    expect(await held()).toEqual({ n: 'a', p: 'b' })
  })
})

promise('references within one table', (ground) => {
  test.each([1, 2, 100])('lead to parents that come later, in batches of %i', async (batch) => {
    await layNodes(ground)
    await ground.source('nodes', [
      { key: 'leaf', parent: 'branch' },
      { key: 'branch', parent: 'root' },
      { key: 'self', parent: 'self' },
      { key: 'root' },
      { key: 'orphan', parent: 'nowhere' },
      { key: 'child of the orphan', parent: 'orphan' },
    ])
    const report = await ground.run({ only: ['nodes'], batch })
    expect(report.errors).toEqual([])
    const refused = rejectsOf(report, 'nodes')
    expect(refused).toMatchObject({
      orphan: 'missing_reference parent_id',
      'child of the orphan': 'missing_reference parent_id',
    })
    const rows = await ground.query(
      'select n.name, p.name as parent from nodes n left join nodes p on p.id = n.parent_id order by n.name',
    )
    expect(rows).toEqual([
      { name: 'branch', parent: 'root' },
      { name: 'leaf', parent: 'branch' },
      { name: 'root', parent: null },
      { name: 'self', parent: 'self' },
    ])
  })

  test('a circle is opened and completed rather than waited for without end', async () => {
    await layNodes(ground)
    await ground.source('nodes', [{ key: 'a', parent: 'b' }, { key: 'b', parent: 'a' }, { key: 'c' }])
    const report = await ground.run({ only: ['nodes'] })
    expect(report.errors).toEqual([])
    expect(report.totals).toMatchObject({ inserted: 3, rejected: 0 })
  })
})

promise('the keys that take part', (ground) => {
  test('match restricts them: another key is no match, and what breaks it is refused', async () => {
    await ground.file('pipelines/people.ts', onEmailAlone)
    await ground.query(`insert into people (id, email, handle) values ('${id(1)}', 'ada@example.org', 'Ada')`)
    await ground.source('people', [
      { id: 1, email: 'ada@example.org', handle: 'Lovelace' },
      { id: 2, email: 'new@example.org', handle: 'LOVELACE' },
    ])
    const report = await ground.run({ only: ['people'] })
    expect(report.totals).toMatchObject({ updated: 1, rejected: 1 })
    expect(rejectsOf(report, 'people')).toEqual({ 2: 'unique_conflict' })
    expect(
      report.pipelines
        .at(-1)
        ?.warnings.filter((warning) => warning.code === 'key_unused')
        .flatMap((warning) => warning.values),
    ).toEqual(['people_handle_key', 'people_pkey'])
  })

  test('a partial key counts where its predicate holds, also over a column that the pipeline leaves to the database', async () => {
    await layAccounts(ground)
    await ground.query(
      `insert into accounts (id, name, closed) values (1, 'shared', true), (2, 'open', false)`,
    )
    await ground.source('accounts', [
      { id: 10, name: 'shared' },
      { id: 11, name: 'open' },
      { id: 12, name: 'fresh' },
      { id: 13, name: 'fresh' },
    ])
    const report = await ground.run({ only: ['accounts'] })
    expect(report.errors).toEqual([])
    expect(rejectsOf(report, 'accounts')).toEqual({ 13: 'duplicate' })
    expect(report.totals).toMatchObject({ inserted: 2, rejected: 1 })
    const rows = await ground.query('select id, name from accounts order by id')
    expect(rows).toEqual([
      { id: 1, name: 'shared' },
      { id: 2, name: 'open' },
      { id: 10, name: 'shared' },
      { id: 12, name: 'fresh' },
    ])
  })

  test('a null in a key matches nothing', async () => {
    await ground.source('people', [
      { id: 1, email: 'a@example.org', handle: null },
      { id: 2, email: 'b@example.org', handle: null },
    ])
    expect(await ground.run()).toMatchObject({ status: 'ok', totals: { inserted: 2 } })
  })
})

promise('what is a change', (ground) => {
  test('a mapping that was changed is noticed, with the same source', async () => {
    await ground.source('organizations', [{ id: 1, slug: 'a', name: 'acme' }])
    await ground.run()
    await ground.file('pipelines/organizations.ts', shouting)
    const report = await ground.run()
    expect(report.totals).toMatchObject({ updated: 1, unchanged: 0 })
    expect(await ground.query('select name from organizations')).toEqual([{ name: 'ACME' }])
  })

  test('a source that is written in another way, in another order or another format is the same source', async () => {
    const records = [
      { id: 1, slug: 'a', name: 'Ä 1' },
      { id: '2', slug: 'b', name: 'B' },
    ]
    await ground.source('organizations', records)
    await ground.run()
    const { [ground.ledger('runs')]: runs, ...before } = await everything(ground)
    for (const text of [
      JSON.stringify(records.toReversed(), null, 2),
      JSON.stringify(records).replaceAll(
        /[\u0080-\uffff]/g,
        (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
      `\ufeff${JSON.stringify(records.map(({ id: key, slug, name }) => ({ extra: true, name, slug, id: key })))}\r\n`,
      '[{"id":"1","slug":"a","name":"Ä 1"},{"id":2,"slug":"b","name":"B"}]',
    ]) {
      await ground.file('data/organizations.json', text)
      expect((await ground.run()).totals).toMatchObject({ unchanged: 2, updated: 0, inserted: 0 })
    }
    const { [ground.ledger('runs')]: later, ...after } = await everything(ground)
    expect(after).toEqual(before)
    expect(later).not.toEqual(runs)
  })

  test('of a change only the columns that differ are written, and the key of the row never', async () => {
    await ground.source('people', [{ id: 1, email: 'ada@example.org', age: 36, nickname: 'Ada' }])
    await ground.run()
    await ground.query(`update people set nickname = 'Edited'`)
    await ground.source('people', [{ id: 1, email: 'ada@example.org', age: 37, nickname: 'Edited' }])
    expect((await ground.run()).totals.updated).toBe(1)
    expect(await ground.query('select age, nickname from people')).toEqual([{ age: 37, nickname: 'Edited' }])
  })
})

test('on Postgres, a null matches a null in a key of nulls that are not distinct', async () => {
  const ground = await layGround('postgres')
  await addPipeline(
    ground,
    'rooms',
    `
export const rooms = pg.pgTable('rooms', {
  id: pg.integer('id').primaryKey(),
  house: pg.text('house').notNull(),
  floor: pg.integer('floor'),
  seats: pg.integer('seats'),
}, (table) => [pg.unique('rooms_place').on(table.house, table.floor).nullsNotDistinct()])
export default definePipeline({
  name: 'rooms',
  source: { files: '../data/rooms.json' },
  record: z.object({ id: z.number(), house: z.string(), floor: z.number().nullable(), seats: z.number() }),
  key: 'id',
  target: rooms,
  columns: { id: 'id', house: 'house', floor: 'floor', seats: 'seats' },
})
`,
    `create table rooms (id integer primary key, house text not null, floor integer, seats integer,
       constraint rooms_place unique nulls not distinct (house, floor))`,
  )
  await ground.query(`insert into rooms values (1, 'east', null, 4), (2, 'east', 1, 5)`)
  await ground.source('rooms', [
    { id: 10, house: 'east', floor: null, seats: 40 },
    { id: 11, house: 'east', floor: 1, seats: 50 },
    { id: 12, house: 'west', floor: null, seats: 60 },
    { id: 13, house: 'west', floor: null, seats: 70 },
  ])
  const planned = await ground.plan({ only: ['rooms'] })
  const report = await ground.run({ only: ['rooms'] })
  expect(planned.totals).toEqual(report.totals)
  expect(rejectsOf(report, 'rooms')).toEqual({ 13: 'duplicate' })
  expect(await ground.query('select id, seats from rooms order by id')).toEqual([
    { id: 1, seats: 40 },
    { id: 2, seats: 50 },
    { id: 12, seats: 60 },
  ])
})

test('on Postgres, citext and a case-insensitive collation match as the database compares, and a change of case is a change', async () => {
  const ground = await layGround('postgres')
  await ground.query(
    `create collation nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`,
  )
  await ground.query('create extension if not exists citext')
  await addPipeline(
    ground,
    'mails',
    `
const citext = pg.customType<{ data: string }>({ dataType: () => 'citext' })
export const mails = pg.pgTable('mails', {
  id: pg.integer('id').primaryKey(),
  mail: citext('mail').notNull().unique(),
  title: pg.text('title').notNull().unique(),
})
export default definePipeline({
  name: 'mails',
  source: { files: '../data/mails.json' },
  record: z.object({ id: z.number(), mail: z.string(), title: z.string() }),
  key: 'id',
  target: mails,
  columns: { id: 'id', mail: 'mail', title: 'title' },
})
`,
    `create table mails (id integer primary key, mail citext not null constraint mails_mail_unique unique,
       title text collate nocase not null constraint mails_title_unique unique)`,
  )
  await ground.query(
    `insert into mails values (1, 'Ada@Example.org', 'First'), (2, 'bob@example.org', 'Second')`,
  )
  await ground.source('mails', [
    { id: 10, mail: 'ada@example.ORG', title: 'one' },
    { id: 11, mail: 'new@example.org', title: 'SECOND' },
    { id: 12, mail: 'NEW@example.org', title: 'third' },
  ])
  const planned = await ground.plan({ only: ['mails'] })
  const report = await ground.run({ only: ['mails'] })
  expect(report.errors).toEqual([])
  expect(planned.totals).toEqual(report.totals)
  expect(rejectsOf(report, 'mails')).toEqual({ 12: 'duplicate' })
  expect(await ground.query('select id, mail, title from mails order by id')).toEqual([
    { id: 1, mail: 'ada@example.ORG', title: 'one' },
    { id: 2, mail: 'new@example.org', title: 'SECOND' },
  ])
  expect((await ground.run({ only: ['mails'] })).totals).toMatchObject({ unchanged: 2, updated: 0 })
})

async function hasLedger(ground: Ground): Promise<boolean> {
  const sql =
    ground.engine === 'sqlite'
      ? `select 1 as one from sqlite_master where name = 'carryover_records'`
      : `select 1 as one where to_regclass('carryover.records') is not null`
  return (await ground.query(sql)).length > 0
}

async function layNodes(ground: Ground): Promise<void> {
  await addPipeline(
    ground,
    'nodes',
    `
export const nodes = pg.pgTable('nodes', {
  id: pg.uuid('id').primaryKey(),
  name: pg.text('name').notNull().unique(),
  parentId: pg.uuid('parent_id').references((): pg.AnyPgColumn => nodes.id),
})
export default definePipeline({
  name: 'nodes',
  source: { files: '../data/nodes.json' },
  record: z.object({ key: z.string(), parent: z.string().optional() }),
  key: 'key',
  target: nodes,
  columns: { id: uuidFrom('key'), name: 'key', parentId: reference('nodes', 'parent') },
})
`,
    `create table nodes (id uuid primary key, name text not null constraint nodes_name_unique unique, parent_id uuid references nodes (id))`,
  )
}

async function layAccounts(ground: Ground): Promise<void> {
  await addPipeline(
    ground,
    'accounts',
    `
export const accounts = pg.pgTable('accounts', {
  id: pg.integer('id').primaryKey(),
  name: pg.text('name').notNull(),
  closed: pg.boolean('closed').notNull().default(false),
}, (table) => [pg.uniqueIndex('accounts_open_name').on(table.name).where(sql\`not \${table.closed}\`)])
export default definePipeline({
  name: 'accounts',
  source: { files: '../data/accounts.json' },
  record: z.object({ id: z.number(), name: z.string() }),
  key: 'id',
  target: accounts,
  columns: { id: 'id', name: 'name' },
})
`,
    `create table accounts (id integer primary key, name text not null, closed boolean not null default false);
     create unique index accounts_open_name on accounts (name) where not closed`,
  )
}

const onEmailAlone = `
import { definePipeline, uuidFrom } from 'carryover'
import { z } from 'zod'
import { people } from '../schema.js'

export default definePipeline({
  name: 'people',
  source: { files: '../data/people.json' },
  record: z.object({ id: z.number(), email: z.string(), handle: z.string().nullish() }),
  key: 'id',
  target: people,
  match: [['email']],
  columns: { id: uuidFrom('id'), email: 'email', handle: 'handle' },
})
`

const shouting = `
import { definePipeline, uuidFrom } from 'carryover'
import { z } from 'zod'
import { organizations } from '../schema.js'

export default definePipeline({
  name: 'organizations',
  source: { files: '../data/organizations.json' },
  record: z.object({ id: z.number(), slug: z.string(), name: z.string() }),
  key: 'id',
  target: organizations,
  columns: { id: uuidFrom('id'), slug: 'slug', name: ({ name }) => name.toUpperCase() },
})
`

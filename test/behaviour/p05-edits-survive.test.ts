import { expect, test } from 'vitest'
import type { RunReport } from '../../src/index.js'
import { comparable } from './comparable.js'
import { everythingButRuns } from './everything.js'
import { addPipeline, writePipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'

/** A table whose rows carryover keeps the books of, with rows that hang on them. */
const shops = (more: string, columns = `title: 'title', phone: 'phone',`) => `
import { child, parent } from 'carryover'
export const shops = pg.pgTable('shops', {
  id: pg.integer('id').primaryKey(),
  title: pg.text('title'),
  phone: pg.text('phone'),
  fee: pg.numeric('fee', { precision: 10, scale: 2 }),
  note: pg.text('note').default('none'),
  version: pg.integer('version'),
  createdAt: pg.timestamp('created_at', { withTimezone: true }),
  updatedAt: pg.timestamp('updated_at', { withTimezone: true }),
})
export const doors = pg.pgTable('doors', {
  shopId: pg.integer('shop_id').notNull().references(() => shops.id),
  side: pg.text('side').notNull(),
  colour: pg.text('colour'),
}, (table) => [pg.primaryKey({ columns: [table.shopId, table.side] })])
export default definePipeline({
  name: 'shops',
  source: { files: '../data/shops.json' },
  record: z.object({
    id: z.number(), title: z.string().nullish(), phone: z.string().nullish(), fee: z.string().nullish(),
    note: z.string().nullish(), doors: z.record(z.string(), z.string()).default({}),
  }).transform((shop) => ({ ...shop, doors: Object.entries(shop.doors).map(([side, colour]) => ({ side, colour })) })),
  key: 'id',
  target: shops,
  columns: { id: 'id', ${columns} },
  children: [
    child({
      name: 'doors',
      each: 'doors',
      record: z.object({ side: z.string(), colour: z.string() }),
      key: 'side',
      target: doors,
      columns: { shopId: parent(), side: 'side', colour: 'colour' },
    }),
  ],
  ${more}
})
`
const ddl = `
create table shops (id integer primary key, title text, phone text, fee numeric(10, 2), note text default 'none',
  version integer, created_at timestamptz, updated_at timestamptz);
create table doors (shop_id integer not null references shops (id), side text not null, colour text, primary key (shop_id, side))`

promise('edits in the target survive', (ground) => {
  const lay = (more = '', columns?: string) => addPipeline(ground, 'shops', shops(more, columns), ddl)
  // A plan does not know what triggers do.
  let triggers = false
  const keepBooks = () =>
    ground.file(
      'carryover.config.ts',
      `export default { bookkeeping: { createdAt: 'createdAt', updatedAt: 'updatedAt', version: 'version' } }`,
    )
  /** Runs with these shops; every run's plan says the same. */
  const runWith = async (...records: object[]): Promise<RunReport['pipelines'][number]> => {
    await ground.source('shops', records)
    const plan = await ground.plan({ only: ['shops'] })
    const report = await ground.run({ only: ['shops'] })
    if (!triggers) expect(comparable(plan)).toEqual(comparable(report))
    // What is kept is no failure to write.
    expect(report.pipelines.at(-1)?.verification).toMatchObject({ ok: true })
    return report.pipelines.at(-1) as RunReport['pipelines'][number]
  }
  const rows = (columns = 'title, phone') => ground.query(`select ${columns} from shops order by id`)

  test('where the source stays as it was, whatever else it changes', async () => {
    await lay()
    await runWith({ id: 1, title: 'A', phone: '1' })
    await ground.query(`update shops set title = 'edited'`)
    const report = await runWith({ id: 1, title: 'A', phone: '2' })
    expect(report.outcomes).toMatchObject({ updated: 1 })
    expect(report.warnings).toEqual([])
    expect(await rows()).toEqual([{ title: 'edited', phone: '2' }])
  })

  test('where both sides changed a column: kept, named and counted, and the others are written', async () => {
    await lay()
    await runWith({ id: 1, title: 'A', phone: '1' }, { id: 2, title: 'B', phone: '2' })
    await ground.query(`update shops set title = 'edited'`)
    const report = await runWith({ id: 1, title: 'A2', phone: '1' }, { id: 2, title: 'B2', phone: '22' })
    expect(report.outcomes).toMatchObject({ kept: 1, updated: 1 })
    expect(report.warnings).toEqual([{ code: 'kept', column: 'title', count: 2 }])
    expect(await rows()).toEqual([
      { title: 'edited', phone: '1' },
      { title: 'edited', phone: '22' },
    ])
  })

  test('also when the source changes again and again, until both sides say the same', async () => {
    await lay()
    await runWith({ id: 1, title: 'A' })
    await ground.query(`update shops set title = 'edited'`)
    for (const title of ['B', 'C', 'A', 'D']) {
      expect((await runWith({ id: 1, title })).outcomes).toMatchObject({ kept: 1 })
      expect((await runWith({ id: 1, title })).outcomes).toMatchObject({ unchanged: 1 })
    }
    expect((await runWith({ id: 1, title: 'edited' })).outcomes).toMatchObject({ unchanged: 1 })
    expect((await runWith({ id: 1, title: 'E' })).outcomes).toMatchObject({ updated: 1 })
    expect(await rows('title')).toEqual([{ title: 'E' }])
  })

  test('both changed to the same: nothing is written', async () => {
    await lay()
    await runWith({ id: 1, title: 'A' })
    await ground.query(`update shops set title = 'B'`)
    expect((await runWith({ id: 1, title: 'B' })).outcomes).toMatchObject({ unchanged: 1 })
  })

  test('an emptied column stays empty', async () => {
    await lay()
    await runWith({ id: 1, title: 'A' })
    await ground.query(`update shops set title = null`)
    expect((await runWith({ id: 1, title: 'B' })).outcomes).toMatchObject({ kept: 1 })
    expect(await rows('title')).toEqual([{ title: null }])
  })

  test('edited: overwrite writes the source over them, and counts it', async () => {
    await lay(`policies: { edited: 'overwrite' },`)
    await runWith({ id: 1, title: 'A', phone: '1' })
    await ground.query(`update shops set title = 'edited', phone = 'edited'`)
    const report = await runWith({ id: 1, title: 'B', phone: '1' })
    expect(report.warnings).toEqual([{ code: 'overwritten', column: 'title', count: 1 }])
    expect(await rows()).toEqual([{ title: 'B', phone: 'edited' }])
  })

  test('edited: reject rejects the record and names the column', async () => {
    await lay(`policies: { edited: 'reject' },`)
    await runWith({ id: 1, title: 'A', phone: '1' })
    await ground.query(`update shops set title = 'edited'`)
    const report = await runWith({ id: 1, title: 'B', phone: '2' })
    expect(report.rejects).toMatchObject([{ code: 'edited', count: 1 }])
    expect(report.rejects[0]?.examples[0]?.message).toContain('title')
    expect(await rows()).toEqual([{ title: 'edited', phone: '1' }])
  })

  test('in children too: the record counts as kept, the others of its children are written', async () => {
    await lay()
    await runWith({ id: 1, title: 'A', doors: { left: 'red', right: 'red' } })
    await ground.query(`update doors set colour = 'edited' where side = 'left'`)
    const kept = await runWith({ id: 1, title: 'A', doors: { left: 'blue', right: 'red' } })
    expect(kept.outcomes).toMatchObject({ kept: 1 })
    expect(kept.warnings).toEqual([{ code: 'kept', column: 'doors.colour', count: 1 }])
    const both = await runWith({ id: 1, title: 'A', doors: { left: 'green', right: 'green' } })
    expect(both.outcomes).toMatchObject({ updated: 1 })
    expect(await ground.query('select side, colour from doors order by side')).toEqual([
      { side: 'left', colour: 'edited' },
      { side: 'right', colour: 'green' },
    ])
  })

  test('the children of a record that is kept go on', async () => {
    await lay()
    await runWith({ id: 1, title: 'A', doors: { left: 'red' } })
    await ground.query(`update shops set title = 'edited'`)
    const report = await runWith({ id: 1, title: 'B', doors: { left: 'blue', right: 'red' } })
    expect(report.outcomes).toMatchObject({ updated: 1 })
    expect(await ground.query('select side, colour from doors order by side')).toEqual([
      { side: 'left', colour: 'blue' },
      { side: 'right', colour: 'red' },
    ])
  })

  test('a row that was there before: adopt: keep leaves it, also when the source changes later', async () => {
    await lay(`policies: { adopt: 'keep' },`)
    await ground.query(`insert into shops (id, title, phone) values (1, 'theirs', '1')`)
    expect((await runWith({ id: 1, title: 'A', phone: '1' })).warnings).toEqual([
      { code: 'kept', column: 'title', count: 1 },
    ])
    expect((await runWith({ id: 1, title: 'B', phone: '2' })).outcomes).toMatchObject({ updated: 1 })
    expect(await rows()).toEqual([{ title: 'theirs', phone: '2' }])
  })

  test('a column that the pipeline gets later is filled where nobody has put anything', async () => {
    await lay()
    await runWith({ id: 1, title: 'A' }, { id: 2, title: 'B' }, { id: 3, title: 'C' })
    await ground.query(`update shops set note = 'edited' where id = 2`)
    await ground.query(`update shops set note = null where id = 3`)
    await writePipeline(ground, 'shops', shops('', `title: 'title', phone: 'phone', note: 'note',`))
    const report = await runWith(...['A', 'B', 'C'].map((title, at) => ({ id: at + 1, title, note: 'new' })))
    expect(report.outcomes).toMatchObject({ updated: 2, kept: 1 })
    expect(await rows('note')).toEqual([{ note: 'new' }, { note: 'edited' }, { note: 'new' }])
  })

  test('an owner that comes with a new key takes over what was applied', async () => {
    await addPipeline(
      ground,
      'words',
      `
export const words = pg.pgTable('words', { id: pg.text('id').primaryKey(), slug: pg.text('slug').notNull().unique(), name: pg.text('name'), hint: pg.text('hint') })
export default definePipeline({
  name: 'words',
  source: { files: '../data/words.json' },
  record: z.object({ key: z.string(), slug: z.string(), name: z.string(), hint: z.string() }),
  key: 'key',
  target: words,
  columns: { id: 'key', slug: 'slug', name: 'name', hint: 'hint' },
})`,
      'create table words (id text primary key, slug text not null unique, name text, hint text)',
    )
    await ground.source('words', [{ key: 'a', slug: 's', name: 'A', hint: 'h' }])
    await ground.run({ only: ['words'] })
    await ground.query(`update words set name = 'edited'`)
    await ground.source('words', [{ key: 'b', slug: 's', name: 'B', hint: 'i' }])
    const report = await ground.run({ only: ['words'] })
    expect(report.pipelines.at(-1)?.outcomes).toMatchObject({ updated: 1 })
    expect(await ground.query('select id, name, hint from words')).toEqual([
      { id: 'a', name: 'edited', hint: 'i' },
    ])
  })

  test('what a trigger makes of a value is no edit, and never makes a rerun write', async () => {
    await lay()
    await addTrigger(ground)
    triggers = true
    await runWith({ id: 1, title: 'LOUD', phone: '1' })
    expect(await rows('title, note')).toEqual([{ title: 'loud', note: 'touched' }])
    const before = await everythingButRuns(ground)
    expect((await runWith({ id: 1, title: 'LOUD', phone: '1' })).outcomes).toMatchObject({ unchanged: 1 })
    expect(await everythingButRuns(ground)).toEqual(before)
    expect((await runWith({ id: 1, title: 'LOUDER', phone: '1' })).outcomes).toMatchObject({ updated: 1 })
    expect((await runWith({ id: 1, title: 'LOUDER', phone: '2' })).outcomes).toMatchObject({ updated: 1 })
    expect(await rows()).toEqual([{ title: 'louder', phone: '2' }])
    await ground.query(`update shops set phone = 'edited'`)
    const kept = await runWith({ id: 1, title: 'LOUDEST', phone: '3' })
    expect(kept.warnings.filter(({ code }) => code === 'kept')).toEqual([
      { code: 'kept', column: 'phone', count: 1 },
    ])
    expect(await rows()).toEqual([{ title: 'loudest', phone: 'edited' }])
  })

  test('a number that is printed with other zeros is no edit', async () => {
    await lay('', `title: 'title', fee: 'fee',`)
    await runWith({ id: 1, fee: '1.5' })
    expect((await runWith({ id: 1, fee: '2.50' })).outcomes).toMatchObject({ updated: 1 })
    expect((await runWith({ id: 1, fee: '3' })).outcomes).toMatchObject({ updated: 1 })
    await ground.query(`update shops set fee = 4`)
    expect((await runWith({ id: 1, fee: '5' })).outcomes).toMatchObject({ kept: 1 })
  })

  test('in a row that somebody deleted and put back', async () => {
    await lay()
    await runWith({ id: 1, title: 'A', phone: '1' })
    await ground.query('delete from shops')
    await runWith({ id: 1, title: 'A', phone: '1' })
    await ground.query(`insert into shops (id, title, phone) values (1, 'edited', '1')`)
    const report = await runWith({ id: 1, title: 'A', phone: '2' })
    expect(report).toMatchObject({ outcomes: { updated: 1 }, warnings: [] })
    expect(await rows()).toEqual([{ title: 'edited', phone: '2' }])
  })

  test('the books are kept: set on insert, moved on by a change, left alone by a rerun', async () => {
    await keepBooks()
    await lay()
    await runWith({ id: 1, title: 'A' })
    const books = async () => (await rows('version, created_at, updated_at'))[0]
    const first = await books()
    expect(first).toMatchObject({ version: 1, created_at: expect.anything() as unknown })
    expect(first?.['updated_at']).toEqual(first?.['created_at'])
    await runWith({ id: 1, title: 'A' })
    expect(await books()).toEqual(first)
    await runWith({ id: 1, title: 'B' })
    const second = await books()
    expect(second).toMatchObject({ version: 2, created_at: first?.['created_at'] })
    expect(second?.['updated_at']).not.toEqual(first?.['updated_at'])
    await ground.query(`update shops set version = 7, updated_at = null`)
    expect((await runWith({ id: 1, title: 'C' })).outcomes).toMatchObject({ updated: 1 })
    expect(await books()).toMatchObject({ version: 8 })
  })
})

/** A trigger that lower-cases the title and fills another column, as hosted schemas have them. */
async function addTrigger(ground: Ground): Promise<void> {
  if (ground.engine === 'postgres') {
    await ground.query(`create function lower_title() returns trigger language plpgsql as
      'begin new.title := lower(new.title); new.note := ''touched''; return new; end'`)
    await ground.query(
      'create trigger lower_title before insert or update on shops for each row execute function lower_title()',
    )
    return
  }
  for (const event of ['insert', 'update'])
    await ground.query(`create trigger lower_title_${event} after ${event} on shops
      begin update shops set title = lower(new.title), note = 'touched' where id = new.id; end`)
}

import { expect, test } from 'vitest'
import type { ApplyOptions, RunReport } from '../../src/index.js'
import { comparable, rejectsOf } from './comparable.js'
import { everythingButRuns } from './everything.js'
import { addPipeline } from './extra-pipeline.js'
import { promise } from './ground.js'

/** Clients of whom each has an address of its own, and cards with a number of their own. */
const clients = (more: string) => `
import { child, parent } from 'carryover'
export const clients = pg.pgTable('clients', {
  id: pg.integer('id').primaryKey(),
  mail: pg.text('mail'),
  headId: pg.integer('head_id').references((): pg.AnyPgColumn => clients.id),
  deletedAt: pg.timestamp('deleted_at', { withTimezone: true }),
}, (table) => [pg.uniqueIndex('clients_mail_key').on(table.mail).where(sql\`\${table.deletedAt} is null\`)])
export const cards = pg.pgTable('cards', {
  clientId: pg.integer('client_id').notNull().references(() => clients.id),
  place: pg.integer('place').notNull(),
  no: pg.text('no').unique('cards_no_key'),
}, (table) => [pg.primaryKey({ columns: [table.clientId, table.place] })])
export default definePipeline({
  name: 'clients',
  source: { files: '../data/clients.json' },
  record: z.object({
    key: z.string(), id: z.number(), mail: z.string().nullish(), head: z.string().nullish(),
    cards: z.array(z.object({ place: z.number(), no: z.string() })).default([]),
  }),
  key: 'key',
  target: clients,
  columns: { id: 'id', mail: 'mail', headId: reference('clients', 'head') },
  children: [
    child({
      name: 'cards', each: 'cards', record: z.object({ place: z.number(), no: z.string() }), key: 'place', target: cards,
      columns: { clientId: parent(), place: 'place', no: 'no' },
    }),
  ],
  ${more}
})
`
const ddl = `
create table clients (id integer primary key, mail text, head_id integer references clients (id), deleted_at timestamptz);
create unique index clients_mail_key on clients (mail) where deleted_at is null;
create table cards (client_id integer not null references clients (id), place integer not null,
  no text constraint cards_no_key unique, primary key (client_id, place))`

interface Client {
  key: string
  id: number
  mail?: string
  head?: string
  cards?: { place: number; no: string }[]
}

/** `client(1, 'm')`: the first one, whose address is m. */
const client = (id: number, mail: string, more: Partial<Client> = {}): Client => ({
  key: `c${id}`,
  id,
  mail,
  ...more,
})

promise('what a removal frees is taken in the same run', (ground) => {
  const lay = async (policies = `missing: 'delete'`, limits = `removals: '100%', rejects: 9`) => {
    await ground.file('carryover.config.ts', `export default { bookkeeping: { deletedAt: 'deletedAt' } }`)
    await addPipeline(ground, 'clients', clients(`policies: { ${policies} }, limits: { ${limits} },`), ddl)
  }
  /** Runs the export as it was planned; then nothing is left to be done. */
  const runWith = async (exported: Client[], more: ApplyOptions = {}): Promise<RunReport> => {
    const options = { ...more, only: ['clients'] }
    await ground.source('clients', exported)
    const plan = await ground.plan(options)
    const report = await ground.run(options)
    expect(comparable(plan)).toEqual(comparable(report))
    expect(report.pipelines.every(({ verification }) => verification.ok)).toBe(true)
    const before = await everythingButRuns(ground)
    await ground.run(options)
    expect(await everythingButRuns(ground)).toEqual(before)
    return report
  }
  const held = async () =>
    (await ground.query('select id, mail from clients where deleted_at is null order by id')).map(
      ({ id, mail }) => `${String(id)} ${String(mail)}`,
    )

  test.each([1, 100])('a value, and what others give up for it, in batches of %i', async (batch) => {
    await lay()
    await runWith([client(1, 'a'), client(2, 'b'), client(3, 'c'), client(4, 'd')], { batch })
    const report = await runWith([client(3, 'b'), client(2, 'a'), client(5, 'c')], { batch })
    expect(report.totals).toMatchObject({ inserted: 1, updated: 2, removed: 2, rejected: 0 })
    expect(await held()).toEqual(['2 a', '3 b', '5 c'])
  })

  test('a value of a child, and by a record that met two rows', async () => {
    await lay()
    await runWith([
      client(1, 'a', { cards: [{ place: 1, no: 'x' }] }),
      client(2, 'b', { cards: [{ place: 1, no: 'y' }] }),
      client(3, 'c'),
    ])
    const report = await runWith([
      client(2, 'b', { cards: [{ place: 1, no: 'x' }] }),
      client(3, 'a', { key: 'other' }),
    ])
    expect(report.totals).toMatchObject({ inserted: 1, updated: 1, removed: 2, rejected: 0 })
    expect(await ground.query('select * from cards')).toEqual([{ client_id: 2, place: 1, no: 'x' }])
  })

  test('and what that lets go of is removed as well', async () => {
    await lay()
    await runWith([client(1, 'a'), client(2, 'b', { head: 'c1' }), client(3, 'c')])
    const report = await runWith([client(2, 'c')])
    expect(report.totals).toMatchObject({ updated: 1, removed: 2, rejected: 0 })
    expect(report.pipelines[0]?.warnings).not.toContainEqual(
      expect.objectContaining({ code: 'removal_kept' }),
    )
    expect(await held()).toEqual(['2 c'])
  })

  test('not a value of a row that somebody points at: it stays, and so does the conflict', async () => {
    await lay()
    await runWith([client(1, 'a'), client(2, 'b'), client(3, 'c', { head: 'c1' })])
    const report = await runWith([client(2, 'a'), client(3, 'c', { head: 'c1' })])
    expect(report.totals).toMatchObject({ unchanged: 1, removed: 0, rejected: 1 })
    expect(rejectsOf(report, 'clients')).toEqual({ c2: 'unique_conflict' })
    expect(report.pipelines[0]?.warnings).toContainEqual({ code: 'removal_kept', count: 1 })
    expect(await held()).toEqual(['1 a', '2 b', '3 c'])
  })

  test('a value that the mark of deletion sets free', async () => {
    await lay(`missing: 'soft-delete'`)
    await runWith([client(1, 'a'), client(2, 'b')])
    const report = await runWith([client(2, 'a')])
    expect(report.totals).toMatchObject({ updated: 1, removed: 1, rejected: 0 })
    expect(await held()).toEqual(['2 a'])
  })

  test('references of other pipelines find a new record that had to wait in the next run', async () => {
    await lay()
    await addPipeline(
      ground,
      'visits',
      `
import { clients } from './clients.js'
export const visits = pg.pgTable('visits', {
  id: pg.integer('id').primaryKey(),
  clientId: pg.integer('client_id').references(() => clients.id),
})
export default definePipeline({
  name: 'visits',
  source: { files: '../data/visits.json' },
  record: z.object({ id: z.number(), client: z.string() }),
  key: 'id',
  target: visits,
  columns: { id: 'id', clientId: reference('clients', 'client', { missing: 'null' }) },
})
`,
      'create table visits (id integer primary key, client_id integer references clients (id))',
    )
    await runWith([client(1, 'a'), client(2, 'b')])
    await ground.source('clients', [client(2, 'a'), client(3, 'b')])
    await ground.source('visits', [{ id: 1, client: 'c3' }])
    const both = { only: ['clients', 'visits'] }
    const visited = () => ground.query('select client_id from visits')
    expect((await ground.run(both)).totals).toMatchObject({ inserted: 2, updated: 1, removed: 1 })
    expect(await visited()).toEqual([{ client_id: null }])
    expect((await ground.run(both)).totals).toMatchObject({ unchanged: 2, updated: 1 })
    expect(await visited()).toEqual([{ client_id: 3 }])
  })

  test('nothing where more is gone than may be removed', async () => {
    await lay(`missing: 'delete'`, `removals: 1, rejects: 9`)
    await runWith([client(1, 'a'), client(2, 'b'), client(3, 'c')])
    const report = await runWith([client(2, 'a')])
    expect(report.errors).toMatchObject([{ code: 'run.removals' }])
    expect(report.totals).toMatchObject({ removed: 0, rejected: 1 })
    expect(rejectsOf(report, 'clients')).toEqual({ c2: 'unique_conflict' })
  })

  test('also where all of the run is one transaction, whatever its limit of rejects', async () => {
    await lay(`missing: 'delete', atomic: 'run'`, `removals: '100%'`)
    await runWith([client(1, 'a'), client(2, 'b')])
    const report = await runWith([client(2, 'a')])
    expect(report).toMatchObject({ exitCode: 0, totals: { updated: 1, removed: 1, rejected: 0 } })
  })

  test('where a pipeline is one transaction, when it may be rejected: nothing is rolled back afterwards', async () => {
    await lay(`missing: 'delete', atomic: 'pipeline'`, `removals: '100%', rejects: 1`)
    await runWith([client(1, 'a'), client(2, 'b'), client(3, 'c'), client(4, 'd', { head: 'c3' })])
    const report = await runWith([client(2, 'a'), client(4, 'd', { head: 'c3' })])
    expect(report.totals).toMatchObject({ updated: 1, removed: 1, rejected: 0 })
    await runWith([client(2, 'c'), client(4, 'd', { head: 'c3' })])
    expect(await held()).toEqual(['2 a', '3 c', '4 d'])
  })

  test('but not where a pipeline is one transaction that admits no reject: it is rolled back', async () => {
    await lay(`missing: 'delete', atomic: 'pipeline'`, `removals: '100%'`)
    await runWith([client(1, 'a'), client(2, 'b')])
    const report = await runWith([client(2, 'a')])
    expect(report.errors).toMatchObject([{ code: 'run.rolled_back' }])
    expect(report.totals).toMatchObject({ removed: 0, rejected: 1 })
    expect(await held()).toEqual(['1 a', '2 b'])
  })
})

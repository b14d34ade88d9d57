import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rejectsOf } from './comparable.js'
import { addPipeline, writePipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'
import { items, layItems, ledgerRows, runItems, told } from './items.js'

promise('rejects can be worked off', (ground) => {
  test.each(['mapping', 'target'])(
    'a replay after the %s is mended lands the record and closes its reject',
    async (mended) => {
      await layItems(ground)
      const bad = mended === 'mapping' ? { id: 'b', size: 'XL' } : { id: 'b', size: 'M', name: 'bad' }
      await ground.source('items', [{ id: 'a', size: 'M' }, bad])
      expect((await runItems(ground)).totals).toMatchObject({ inserted: 1, rejected: 1 })
      // The file is gone: what is replayed comes from the ledger.
      await ground.source('items', [])
      if (mended === 'mapping') await writePipeline(ground, 'items', items({ sizes: `'M', 'XL'` }))
      else await allowBad(ground)
      const planned = await ground.plan({ only: ['items'], rejects: true })
      const report = await runItems(ground, { rejects: true })
      expect(report).toMatchObject({ status: 'ok', totals: { inserted: 1, rejected: 0, unchanged: 0 } })
      expect(planned.totals).toEqual(report.totals)
      expect(report.pipelines[0]?.source).toMatchObject({ records: 1, files: [{ path: 'ledger' }] })
      expect((await told(ground)).rejects).toEqual([])
      expect(await ground.query('select id from items order by id')).toEqual([{ id: 'a' }, { id: 'b' }])
      expect(await column(ground, 'runs', 'command')).toEqual(['run', 'run --rejects'])
    },
  )

  test('what is still bad stays open as it is, and a replay with nothing changed writes nothing', async () => {
    await layItems(ground)
    await ground.source('items', [
      { id: 'a', size: 'XL' },
      { id: 'b', size: 'M', name: 'bad' },
      { size: 'M' },
    ])
    await runItems(ground)
    const before = await ledgerRows(ground)
    const report = await runItems(ground, { rejects: true })
    expect(report).toMatchObject({ exitCode: 4, status: 'rejects', totals: { rejected: 3 } })
    expect(await ledgerRows(ground)).toEqual(before)
    // A run over the source finds them as the replay left them.
    await runItems(ground)
    expect(await ledgerRows(ground)).toEqual(before)
  })

  test('what is bad for another reason by now stays open once, with that reason', async () => {
    await layItems(ground)
    await ground.source('items', [{ id: 'a', size: 'XL', name: 'bad' }])
    await runItems(ground)
    await writePipeline(ground, 'items', items({ sizes: `'M', 'XL'` }))
    const report = await runItems(ground, { rejects: true })
    expect(rejectsOf(report, 'items')).toEqual({ a: 'check name' })
    expect((await told(ground)).rejects).toMatchObject([{ legacyKey: 'a', code: 'check', column: 'name' }])
    expect(await column(ground, 'rejects', 'code')).toEqual(['check'])
    const before = await ledgerRows(ground)
    await runItems(ground)
    expect(await ledgerRows(ground)).toEqual(before)
  })

  test('a replay gives the very same record: every digit, half a character, NUL, and what surrounds it', async () => {
    await layItems(ground)
    await ground.file(
      'data/items.json',
      String.raw`{"first": {"id": "b", "size": "XL", "any": {"n": [9007199254740993, 1e400, 0.10000000000000000001, 1.0, -0.5],
        "s": "\ud83d\u0000\"\\{},NULL", "b": 1, "a": {"__proto__": 1}}}}`,
    )
    const shown = `columns: { id: 'id', size: 'size', name: (record) => show(record) },`
    await writePipeline(ground, 'items', items({ more: shown }))
    await runItems(ground)
    await writePipeline(ground, 'items', items({ more: shown, sizes: `'M', 'XL'` }))
    const fromLedger = await runItems(ground, { rejects: true })
    expect(fromLedger.totals).toMatchObject({ inserted: 1 })
    const [landed] = await ground.query('select name from items')
    expect(landed?.['name']).toContain('9007199254740993n')
    expect(landed?.['name']).toContain('$key=first $file=../data/items.json')
    // The source itself gives no other record.
    expect((await runItems(ground)).totals).toMatchObject({ unchanged: 1, updated: 0 })
  })

  test('a source that changed is what is replayed, as the last run read it', async () => {
    await layItems(ground)
    await ground.source('items', [{ id: 'a', size: 'XL', name: 'old' }])
    await runItems(ground)
    await ground.source('items', [{ id: 'a', size: 'XL', name: 'new' }])
    await runItems(ground)
    await writePipeline(ground, 'items', items({ sizes: `'M', 'XL'` }))
    await runItems(ground, { rejects: true })
    expect(await ground.query('select name from items')).toEqual([{ name: 'new' }])
  })

  test('no row changes its owner, whatever the policy, and nothing counts as gone', async () => {
    await layItems(ground)
    const policies = `policies: { missing: 'delete', duplicates: 'last' }, limits: { removals: '100%' },`
    await writePipeline(ground, 'items', items({ more: policies }))
    await ground.source('items', [
      { id: 'a', size: 'M', slug: 'same' },
      { id: 'c', size: 'M' },
      { id: 'b', size: 'XL', slug: 'same' },
    ])
    await runItems(ground)
    await writePipeline(ground, 'items', items({ more: policies, sizes: `'M', 'XL'` }))
    const report = await runItems(ground, { rejects: true })
    expect(report.totals).toMatchObject({ duplicate: 1, removed: 0, updated: 0 })
    expect(report.pipelines[0]?.warnings.map(({ code }) => code)).not.toContain('source_empty')
    expect(await ground.query('select id, size from items order by id')).toEqual([
      { id: 'a', size: 'M' },
      { id: 'c', size: 'M' },
    ])
  })

  test('a record that became another key’s is refused for good as a duplicate, and its reject stays', async () => {
    await layItems(ground)
    await ground.source('items', [
      { id: 'a', size: 'M', slug: 'same' },
      { id: 'b', size: 'XL', slug: 'same' },
    ])
    await runItems(ground)
    await writePipeline(ground, 'items', items({ sizes: `'M', 'XL'` }))
    const report = await runItems(ground, { rejects: true })
    expect(rejectsOf(report, 'items')).toEqual({ b: 'duplicate' })
    expect((await told(ground)).rejects).toMatchObject([{ legacyKey: 'b', code: 'duplicate' }])
  })

  test('a second record of a key is left alone while somebody has the key, and replayed when nobody has', async () => {
    await layItems(ground)
    await ground.source('items', [
      { id: 'a', size: 'M', name: 'first' },
      { id: 'a', size: 'M', name: 'second' },
    ])
    await runItems(ground)
    const left = await runItems(ground, { rejects: true })
    expect(left).toMatchObject({ exitCode: 0, totals: { rejected: 0, updated: 0 } })
    expect(left.pipelines[0]?.warnings).toContainEqual({ code: 'replay_key_taken', count: 1, values: ['a'] })
    expect(await ground.query('select name from items')).toEqual([{ name: 'first' }])
    expect((await told(ground)).rejects).toMatchObject([{ code: 'duplicate_key' }])
    for (const table of ['items', ground.ledger('records')]) await ground.query(`delete from ${table}`)
    expect((await runItems(ground, { rejects: true })).totals).toMatchObject({ inserted: 1 })
    expect(await ground.query('select name from items')).toEqual([{ name: 'second' }])
    expect((await told(ground)).rejects).toEqual([])
  })

  test('references between replayed records resolve', async () => {
    await ground.source('organizations', [{ id: 'acme', slug: 'acme', name: null }])
    await ground.source('people', [{ id: 1, email: 'ada@example.org', org: 'acme' }])
    expect((await ground.run()).totals).toMatchObject({ inserted: 0, rejected: 2 })
    const path = join(ground.dir, 'pipelines/organizations.ts')
    const text = await readFile(path, 'utf8')
    await ground.file(
      'pipelines/organizations.ts',
      text.replace('name: z.string()', `name: z.string().nullish().transform((name) => name ?? 'none')`),
    )
    expect((await ground.run({ rejects: true })).totals).toMatchObject({ inserted: 2, rejected: 0 })
    expect(
      await ground.query(
        'select o.slug, p.email from people p join organizations o on o.id = p.organization_id',
      ),
    ).toEqual([{ slug: 'acme', email: 'ada@example.org' }])
  })

  test('children come along, or keep their record out once more', async () => {
    await addPipeline(
      ground,
      'carts',
      `
import { child, parent } from 'carryover'
export const carts = pg.pgTable('carts', { id: pg.text('id').primaryKey() })
export const cartLines = pg.pgTable('cart_lines', {
  cartId: pg.text('cart_id').notNull().references(() => carts.id), no: pg.integer('no').notNull(),
}, (table) => [pg.primaryKey({ columns: [table.cartId, table.no] }), pg.check('cart_lines_no_check', sql\`\${table.no} > 0\`)])
export default definePipeline({
  name: 'carts',
  source: { files: '../data/carts.json' },
  record: z.object({ id: z.string(), lines: z.array(z.unknown()) }),
  key: 'id',
  target: carts,
  columns: { id: 'id' },
  children: [child({ name: 'lines', each: 'lines', record: z.object({ no: z.number() }), key: 'no', target: cartLines,
    columns: { cartId: parent(), no: ({ no }) => no } })],
})
`,
      `create table carts (id text primary key);
       create table cart_lines (cart_id text not null references carts (id), no integer not null constraint cart_lines_no_check check (no > 0),
         primary key (cart_id, no))`,
    )
    const only = { only: ['carts'] }
    await ground.source('carts', [{ id: 'a', lines: [{ no: 1 }, { no: -2 }] }])
    expect((await ground.run(only)).totals).toMatchObject({ rejected: 1 })
    expect((await ground.run({ ...only, rejects: true })).totals).toMatchObject({ rejected: 1 })
    expect(await ground.query('select * from carts')).toEqual([])
    const carts = await readFile(join(ground.dir, 'pipelines/carts.ts'), 'utf8')
    await ground.file('pipelines/carts.ts', carts.replace('({ no }) => no', '({ no }) => Math.abs(no)'))
    expect((await ground.run({ ...only, rejects: true })).totals).toMatchObject({ inserted: 1, rejected: 0 })
    expect(await ground.query('select no from cart_lines order by no')).toEqual([{ no: 1 }, { no: 2 }])
  })

  test('a record without a known key that gets the key of another one is left to a run', async () => {
    await layItems(ground)
    const byHand = `key: ({ id }) => id.toLowerCase(), columns: { id: ({ id }) => id.toLowerCase(), size: 'size', name: 'name' },`
    await writePipeline(ground, 'items', items({ more: byHand }))
    await ground.source('items', [
      { id: 'a', size: 'M', name: 'first' },
      { id: 'A', size: 9, name: 'other' },
    ])
    await runItems(ground)
    const lenient = `${byHand} record: z.object({ id: z.string(), size: z.any(), name: z.string().nullish() }),`
    await writePipeline(
      ground,
      'items',
      items({ more: lenient.replace("size: 'size'", `size: constant('M')`) }),
    )
    const report = await runItems(ground, { rejects: true })
    expect(rejectsOf(report, 'items')).toEqual({ a: 'duplicate_key' })
    expect(await ground.query('select name from items')).toEqual([{ name: 'first' }])
  })

  test('more rejects than one page of the ledger are replayed, each once', async () => {
    await layItems(ground)
    await ground.source(
      'items',
      Array.from({ length: 2_345 }, (_, index) => ({ id: `i${index}`, size: 'XL' })),
    )
    await runItems(ground)
    await writePipeline(ground, 'items', items({ sizes: `'M', 'XL'` }))
    const report = await ground.run({ only: ['items'], rejects: true, batch: 700 })
    expect(report.totals).toMatchObject({ inserted: 2_345, rejected: 0 })
    expect((await told(ground)).rejects).toEqual([])
  })
})

/** Lets the target take what its check refused. */
async function allowBad(ground: Ground): Promise<void> {
  if (ground.engine === 'postgres') await ground.query('alter table items drop constraint items_name_check')
  else {
    await ground.query('create table other (id text primary key, size text, name text, slug text unique)')
    await ground.query('insert into other select id, size, name, slug from items')
    await ground.query('drop table items')
    await ground.query('alter table other rename to items')
  }
}

async function column(ground: Ground, table: string, name: string): Promise<unknown[]> {
  const rows = await ground.query(`select ${name} from ${ground.ledger(table)} order by 1`)
  return rows.map((row) => row[name])
}

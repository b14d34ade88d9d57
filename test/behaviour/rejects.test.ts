import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rejects, type RejectsOptions, type RejectsReport, type RunReport } from '../../src/index.js'
import { rejectsOf } from './comparable.js'
import { addPipeline, writePipeline } from './extra-pipeline.js'
import { promise, type Ground, type Row } from './ground.js'

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
    const before = await dump(ground)
    const report = await runItems(ground, { rejects: true })
    expect(report).toMatchObject({ exitCode: 4, status: 'rejects', totals: { rejected: 3 } })
    expect(await dump(ground)).toEqual(before)
    // A run over the source finds them as the replay left them.
    await runItems(ground)
    expect(await dump(ground)).toEqual(before)
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
    const before = await dump(ground)
    await runItems(ground)
    expect(await dump(ground)).toEqual(before)
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

promise('rejects can be taken away as files', (ground) => {
  test('an export is NDJSON that a pipeline reads as the records that were rejected', async () => {
    await layItems(ground)
    const bad = String.raw`{"id":"b","size":"XL","any":[9007199254740993,1e400,"\ud83d\u0000"]}`
    await ground.file('data/items.json', `[{"id":"a","size":"M"},${bad},{"id":"c","size":"XXL"}]`)
    await runItems(ground)
    const report = await told(ground, { exportTo: 'bad.ndjson' })
    expect(report.exported).toEqual({ files: [{ path: 'bad.ndjson', records: 2 }], left: 0 })
    const path = join(ground.dir, 'bad.ndjson')
    expect(await readFile(path, 'utf8')).toBe(`${bad}\n{"id":"c","size":"XXL"}\n`)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    await writePipeline(
      ground,
      'items',
      items({ sizes: `'M', 'XL'` }).replace(`files: '../data/items.json', at: ''`, `files: '../bad.ndjson'`),
    )
    const again = await runItems(ground)
    expect(again.totals).toMatchObject({ inserted: 1, rejected: 1 })
    expect(rejectsOf(again, 'items')).toEqual({ c: 'unknown_enum size' })
  })

  test('of several pipelines each gets a file of a folder; one file is refused and names them', async () => {
    await layItems(ground)
    await ground.source('items', [{ id: 'b', size: 'XL' }])
    await ground.source('people', [{ id: 1 }])
    await ground.run()
    const refused = await told(ground, { exportTo: 'bad.ndjson' })
    expect(refused).toMatchObject({ exitCode: 64, exported: null })
    expect(refused.errors[0]?.code).toBe('usage.several_pipelines')
    expect(refused.errors[0]?.message).toContain('items, people')
    await mkdir(join(ground.dir, 'bad'))
    expect((await told(ground, { exportTo: 'bad/' })).exported?.files).toEqual([
      { path: join('bad', 'items.ndjson'), records: 1 },
      { path: join('bad', 'people.ndjson'), records: 1 },
    ])
    expect((await told(ground, { exportTo: 'one.ndjson', only: ['people'] })).exported?.files).toHaveLength(1)
    const taken: string[] = []
    await told(ground, { exportTo: (lines) => taken.push(lines), only: ['people'] })
    expect(taken).toEqual(['{"id":1}\n'])
    const nowhere = await told(ground, { exportTo: 'no/such/bad.ndjson', only: ['people'] })
    expect(nowhere).toMatchObject({ exitCode: 64, errors: [{ code: 'usage.cannot_write' }] })
    expect((await told(ground, { exportTo: '-', only: ['people'] })).errors[0]?.code).toBe(
      'usage.stdout_taken',
    )
  })

  test('they are told in groups, each with its first records', async () => {
    await layItems(ground)
    await ground.source('items', [{ id: 'a', size: 'XL' }, { id: 'b', size: 'S' }, { id: 'c' }])
    await runItems(ground)
    const { groups } = await told(ground)
    expect(
      groups.map(({ code, count: times, examples }) => [code, times, examples.map(({ key }) => key)]),
    ).toEqual([
      ['unknown_enum', 2, ['a', 'b']],
      ['invalid_record', 1, ['c']],
    ])
  })
})

const planted = 'Planted-4711@example.org'

promise('what the ledger keeps of rejected records can be limited', (ground) => {
  const bad = [
    { id: 'a', size: 'XL', name: planted },
    { id: 'b', size: 'M', name: 'bad', any: { deep: [planted] } },
    { id: 'c', size: 7, any: planted, map: { [planted]: 1 } },
    { id: 'd', size: 'M', slug: planted },
    { id: 'e', size: 'M', slug: planted },
    { id: 'd', size: 'M', name: planted },
  ]
  const more = `record: z.object({ id: z.string(), size: z.string(), name: z.string().nullish(), slug: z.string().nullish(),
    any: z.unknown().optional(), map: z.record(z.string(), z.string({ error: () => 'not ${planted}' })).optional() }),`

  test.each(['the option', 'the configuration'])('by %s, no value is stored anywhere', async (how) => {
    await layItems(ground)
    await writePipeline(ground, 'items', items({ more }))
    await ground.source('items', bad)
    if (how === 'the configuration')
      await ground.file('carryover.config.ts', 'export default { storeValues: false }')
    const report = await runItems(ground, how === 'the option' ? { storeValues: false } : {})
    expect(report.errors).toEqual([])
    expect(report.totals.rejected).toBe(5)
    expect(JSON.stringify(await dump(ground))).not.toContain('4711')
    const shown = await told(ground, { showValues: true })
    expect(shown.rejects.map(({ copy, record }) => [copy, record])).toEqual(
      Array.from({ length: 5 }, () => ['none', null]),
    )
    const replay = await runItems(ground, { rejects: true })
    expect(replay.pipelines[0]?.source.records).toBe(0)
    expect(replay.pipelines[0]?.warnings).toContainEqual(
      expect.objectContaining({ code: 'replay_not_kept', count: 4 }),
    )
    expect((await told(ground, { exportTo: 'bad.ndjson' })).exported).toEqual({
      files: [{ path: 'bad.ndjson', records: 0 }],
      left: 5,
    })
  })

  test('a run that stores nothing takes away what an earlier run has stored', async () => {
    await layItems(ground)
    await ground.source('items', bad.slice(0, 1))
    await runItems(ground)
    expect(JSON.stringify(await dump(ground))).toContain(planted)
    await runItems(ground, { storeValues: false })
    expect(JSON.stringify(await dump(ground))).not.toContain('4711')
  })

  test('the fields of a sensitive column are left out, and what is left is shown but not replayed', async () => {
    await layItems(ground)
    await ground.file('carryover.config.ts', `export default { sensitive: ['items.name'] }`)
    await ground.source('items', [{ id: 'a', size: 'XL', name: planted }])
    await runItems(ground)
    expect(JSON.stringify(await dump(ground))).not.toContain('4711')
    const { rejects: kept } = await told(ground, { showValues: true })
    expect(kept).toMatchObject([{ copy: 'partial', record: '{"id":"a","size":"XL"}' }])
    const replay = await runItems(ground, { rejects: true })
    expect(replay.pipelines[0]?.warnings).toContainEqual({ code: 'replay_not_kept', count: 1, values: ['a'] })
    expect((await told(ground)).rejects).toHaveLength(1)
  })

  test('where a function makes a sensitive column, nothing of the record is kept', async () => {
    await layItems(ground)
    await ground.file('carryover.config.ts', `export default { sensitive: ['items.name'] }`)
    const computed = `columns: { id: 'id', size: 'size', name: ({ name }) => name },`
    await writePipeline(ground, 'items', items({ more: computed }))
    await ground.source('items', [{ id: 'a', size: 'XL', name: planted }])
    await runItems(ground)
    expect(JSON.stringify(await dump(ground))).not.toContain('4711')
    expect((await told(ground, { showValues: true })).rejects).toMatchObject([{ copy: 'none', record: null }])
  })
})

/** A pipeline whose records fail by an enum, by a check, and by a unique key. */
function items({ sizes = `'M'`, more = '' }: { sizes?: string; more?: string }): string {
  return `
const Size = legacyEnum('size', [${sizes}])
const show = ({ $key, $file, any }) => '$key=' + $key + ' $file=' + $file + ' ' + JSON.stringify(any, (_, value) => typeof value === 'bigint' ? value + 'n' : value).replaceAll('\\\\', '/')
export const itemRows = pg.pgTable('items', {
  id: pg.text('id').primaryKey(), size: pg.text('size'), name: pg.text('name'), slug: pg.text('slug').unique(),
}, (table) => [pg.check('items_name_check', sql\`\${table.name} <> 'bad'\`)])
export default definePipeline({
  name: 'items',
  source: { files: '../data/items.json', at: '' },
  record: z.object({
    id: z.string(), size: z.string(), name: z.string().nullish(), slug: z.string().nullish(), any: z.unknown().optional(),
    $key: z.string().optional(), $file: z.string().optional(),
  }),
  key: 'id',
  target: itemRows,
  columns: { id: 'id', size: Size.from('size'), name: 'name', slug: 'slug' },
  ${more.replace(`size: 'size'`, `size: Size.from('size')`)}
})
`
}

async function layItems(ground: Ground): Promise<void> {
  await addPipeline(
    ground,
    'items',
    items({}),
    `create table items (id text primary key, size text, name text constraint items_name_check check (name <> 'bad'),
       slug text constraint items_slug_unique unique)`,
  )
}

function runItems(
  ground: Ground,
  options: { rejects?: boolean; storeValues?: boolean } = {},
): Promise<RunReport> {
  return ground.run({ ...options, only: ['items'] })
}

function told(ground: Ground, options: RejectsOptions = {}): Promise<RejectsReport> {
  return rejects({ cwd: ground.dir, database: ground.url, env: {}, ...options })
}

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

/** Every row of the ledger but for the runs themselves. */
async function dump(ground: Ground): Promise<Record<string, Row[]>> {
  const tables: Record<string, Row[]> = {}
  for (const table of ['records', 'journal', 'rejects', 'lease'])
    tables[table] = await ground.query(`select * from ${ground.ledger(table)} order by 1, 2`)
  return tables
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plan, type RunReport } from '../../src/index.js'
import { comparable, messagesOf } from './comparable.js'
import { everything } from './everything.js'
import { addPipeline } from './extra-pipeline.js'
import { legacy } from './fixture-data.js'
import { layGround, promise, type Ground } from './ground.js'

promise('the plan is the run', (ground) => {
  test('of a first load with duplicates, bad records and references to rows that are planned', async () => {
    await fill(ground)
    await expectSame(ground)
  })

  test('of a rerun, and of a second load with changes, new records and records that are gone', async () => {
    await fill(ground)
    await ground.run()
    await expectSame(ground)
    await ground.source('people', [
      { ...legacy.people[0], age: 37, handle: null },
      { id: 2, email: 'second@example.org' },
      { id: 4, email: 'cyd@example.org', org: 'late' },
      { id: 5, email: 'dan@example.org', age: 1 },
      { id: 9, email: 'gus@example.org', balance: '0.2', org: 'acme-2' },
      { id: 10, email: 'SECOND@example.org', handle: 'Ada' },
    ])
    await ground.source('organizations', [
      ...legacy.organizations,
      { id: 'late', slug: 'late', name: 'Late' },
    ])
    await expectSame(ground)
  })

  test('where rows were there before, whether they are adopted, kept or refused', async () => {
    await ground.query(
      `insert into organizations (id, slug, name) values ('00000000-0000-4000-8000-000000000001', 'acme', 'ACME Inc.')`,
    )
    await ground.query(
      `insert into people (id, email, handle) values ('00000000-0000-4000-8000-000000000002', 'ada@example.org', 'lovelace'),
        ('00000000-0000-4000-8000-000000000003', 'x@example.org', 'Ada')`,
    )
    await fill(ground)
    for (const adopt of ['reject', 'keep', 'update'] as const)
      await expectSame(ground, { policies: { adopt } })
  })

  test('where duplicates become aliases that others refer to', async () => {
    await fill(ground)
    await expectSame(ground, { policies: { duplicates: 'first' } })
    await ground.source('tickets', [{ id: 1, title: 'by alias', author: 2 }])
    await expectSame(ground, { policies: { duplicates: 'first' } })
  })

  test('where rows get new legacy keys, in any order', async () => {
    const slugs = ['a', 'b', 'c', 'd']
    await ground.source(
      'organizations',
      slugs.map((slug, index) => ({ id: index, slug, name: slug })),
    )
    await ground.source(
      'people',
      slugs.map((slug, index) => ({ id: slug, email: `${slug}@example.org`, org: index })),
    )
    await ground.run()
    await ground.source(
      'organizations',
      slugs.toReversed().map((slug, index) => ({ id: `new ${index}`, slug, name: slug.toUpperCase() })),
    )
    await ground.source(
      'people',
      slugs.map((slug, index) => ({ id: slug, email: `${slug}@example.org`, org: `new ${index}` })),
    )
    await expectSame(ground)
    await expectSame(ground)
  })

  test('where values change hands, so that a second pass is needed', async () => {
    await ground.source('people', [
      { id: 1, email: 'a@example.org' },
      { id: 2, email: 'b@example.org' },
      { id: 3, email: 'c@example.org' },
    ])
    await ground.run()
    await ground.source('people', [
      { id: 1, email: 'b@example.org' },
      { id: 2, email: 'c@example.org' },
      { id: 3, email: 'd@example.org' },
      { id: 4, email: 'a@example.org' },
    ])
    await expectSame(ground)
    await ground.source('people', [
      { id: 1, email: 'c@example.org' },
      { id: 2, email: 'b@example.org' },
    ])
    await expectSame(ground)
  })

  test('where the database makes the keys that others refer to', async () => {
    await layFolders(ground)
    await ground.source('folders', [
      { path: 'a/b', title: 'child first', parent: 'a' },
      { path: 'a', title: 'parent' },
      { path: 'a/b/c', title: 'grandchild', parent: 'a/b' },
      { path: 'lost', title: 'lost', parent: 'nowhere' },
    ])
    await ground.source('files', [
      { name: 'one', folder: 'a/b' },
      { name: 'two', folder: 'lost' },
      { name: 'three', folder: 'a/b/c' },
    ])
    const options = { only: ['files'] }
    await expectSame(ground, options)
    await ground.source('folders', [
      { path: 'a', title: 'renamed' },
      { path: 'a/b', title: 'child first', parent: 'a' },
      { path: 'a/b/c', title: 'moved', parent: 'a' },
      { path: 'new', title: 'new', parent: 'a/b' },
    ])
    await ground.source('files', [
      { name: 'one', folder: 'new' },
      { name: 'three', folder: 'a/b/c' },
    ])
    await expectSame(ground, options)
    const rows = await ground.query(
      `select f.name, d.title, p.title as parent from files f join folders d on d.id = f.folder_id left join folders p on p.id = d.parent_id order by f.name`,
    )
    expect(rows).toEqual([
      { name: 'one', title: 'new', parent: 'child first' },
      { name: 'three', title: 'moved', parent: 'renamed' },
    ])
  })

  test('where a record meets a row whose key the database will make: a plan calls it new', async () => {
    await layFolders(ground)
    await ground.source('folders', [
      { path: 'a', title: 'same' },
      { path: 'b', title: 'same' },
    ])
    const options = { only: ['folders'] }
    expect(messagesOf(await ground.plan(options), 'folders')).toEqual({
      b: 'the record a of this source owns the row (new) already',
    })
    expect(messagesOf(await ground.run(options), 'folders')).toEqual({
      b: 'the record a of this source owns the row 1 already',
    })
  })

  test('where a key that nobody matches on stands in the way', async () => {
    await ground.file('pipelines/people.ts', matchingOnEmail)
    await ground.source('people', [
      { id: 1, email: 'a@example.org', handle: 'A' },
      { id: 2, email: 'b@example.org', handle: 'a' },
      { id: 1, email: 'c@example.org' },
    ])
    await expectSame(ground, { only: ['people'] })
    await ground.source('people', [
      { id: 1, email: 'a@example.org', handle: 'B' },
      { id: 2, email: 'b@example.org', handle: 'a' },
      { id: 3, email: 'd@example.org', handle: 'b' },
    ])
    await expectSame(ground, { only: ['people'] })
  })

  test('where a row was deleted, left so or made again', async () => {
    await ground.source('organizations', [{ id: 1, slug: 'a', name: 'A' }])
    await ground.source('people', [{ id: 1, email: 'a@example.org', org: 1 }])
    await ground.run()
    await ground.query('delete from people')
    await expectSame(ground)
    await expectSame(ground, { policies: { deleted: 'recreate' } })
  })

  test('where rows were deleted whose records are gone or refused', async () => {
    await ground.source('organizations', [
      { id: 1, slug: 'a', name: 'A' },
      { id: 2, slug: 'b', name: 'B' },
    ])
    await ground.source('people', [{ id: 1, email: 'a@example.org', org: 1 }])
    await ground.run()
    await ground.query('delete from people')
    await ground.query('delete from organizations')
    await ground.source('organizations', [{ id: 1, slug: 'a', name: 'A' }])
    expect(comparable(await ground.plan())).toEqual(comparable(await ground.run()))
  })
})

promise('a plan writes nothing at all', (ground) => {
  test('before the first run there is no ledger, no row and no number drawn from a sequence', async () => {
    await layFolders(ground)
    await fill(ground)
    await ground.source('folders', [{ path: 'a', title: 'A' }])
    const before = await everything(ground)
    const report = await ground.plan()
    expect(report.totals.inserted).toBeGreaterThan(0)
    expect(report).toMatchObject({ dryRun: true, runId: null, sequences: [] })
    expect(await everything(ground)).toEqual(before)
  })

  test('after a run everything is as it was, to the row’s place on the disk', async () => {
    await fill(ground)
    await ground.run()
    await ground.source('people', [
      { id: 1, email: 'changed@example.org' },
      { id: 77, email: 7 },
    ])
    const before = await everything(ground)
    const report = await ground.plan()
    expect(report.totals).toMatchObject({ updated: 1, rejected: 3 })
    expect(await everything(ground)).toEqual(before)
  })

  test('also when it fails half-way', async () => {
    await fill(ground)
    await ground.file('data/tickets.json', '[{"id": 1, "title": "a"}, {"id": 2')
    const before = await everything(ground)
    expect((await ground.plan()).exitCode).toBe(1)
    expect(await everything(ground)).toEqual(before)
  })
})

promise('a plan shows every column that changes', (ground) => {
  test('from what it holds to what it will hold', async () => {
    await ground.source('people', [{ id: 1, email: 'ada@example.org', age: 36, nickname: 'Ada' }])
    await ground.run()
    await ground.query(`update people set nickname = 'Edited'`)
    await ground.source('people', [
      { id: 1, email: 'ada@example.com', age: null, nickname: 'Augusta', profile: { b: [1], a: null } },
      { id: 2, email: 'bob@example.com' },
    ])
    const report = await ground.plan({ only: ['people'] })
    const [changed, added] = changesOf(report, 'people')
    expect(report.pipelines.flatMap(({ warnings }) => warnings)).toContainEqual({
      code: 'kept',
      column: 'nickname',
      count: 1,
    })
    expect(changed).toMatchObject({ key: '1', action: 'update' })
    expect(changed?.columns).toEqual([
      { column: 'email', from: 'ada@example.org', to: 'ada@example.com' },
      { column: 'age', from: '36', to: null },
      { column: 'profile', from: null, to: '{"a":null,"b":[1]}' },
    ])
    expect(added).toMatchObject({ key: '2', action: 'insert' })
    expect(added?.columns).toContainEqual({ column: 'email', from: null, to: 'bob@example.com' })
  })

  test('a key that the database will make is called new', async () => {
    await layFolders(ground)
    await ground.source('folders', [
      { path: 'a', title: 'A' },
      { path: 'b', title: 'B', parent: 'a' },
    ])
    const report = await ground.plan({ only: ['folders'] })
    expect(changesOf(report, 'folders')[1]?.columns).toContainEqual({
      column: 'parent_id',
      from: null,
      to: '(new)',
    })
  })

  test('sensitive columns are hidden, unless values are asked for', async () => {
    await ground.file(
      'carryover.config.ts',
      `export default { sensitive: ['people.email', 'people.joined_at'] }`,
    )
    await ground.source('people', [
      { id: 1, email: 'ada@example.org', joined: '2021-03-04T05:06:07Z', nickname: 'Ada' },
    ])
    const hidden = await ground.plan({ only: ['people'] })
    expect(JSON.stringify(hidden)).not.toContain('ada@example.org')
    expect(JSON.stringify(hidden)).not.toContain('05:06:07')
    expect(changesOf(hidden, 'people')[0]?.columns).toContainEqual({
      column: 'email',
      from: null,
      to: null,
      hidden: true,
    })
    expect(changesOf(hidden, 'people')[0]?.columns).toContainEqual({
      column: 'nickname',
      from: null,
      to: 'Ada',
    })
    const shown = await ground.plan({ only: ['people'], showValues: true })
    expect(changesOf(shown, 'people')[0]?.columns).toContainEqual({
      column: 'email',
      from: null,
      to: 'ada@example.org',
    })
  })

  test('as many changes as it is asked for, and counts all', async () => {
    await ground.source(
      'people',
      Array.from({ length: 60 }, (_, id) => ({ id, email: `${id}@example.org` })),
    )
    expect(changesOf(await ground.plan(), 'people')).toHaveLength(50)
    const report = await ground.plan({ changes: 2 })
    expect(changesOf(report, 'people')).toHaveLength(2)
    expect(report.totals.inserted).toBe(60)
    expect(changesOf(await ground.plan({ changes: 0 }), 'people')).toHaveLength(0)
  })
})

promise('a rehearsal executes everything and leaves nothing behind', (ground) => {
  test('its report is that of the run, and the database is as it was', async () => {
    await fill(ground)
    const before = await everything(ground)
    const rehearsed = await ground.plan({ rehearse: true })
    expect(rehearsed.errors).toEqual([])
    expect(withoutSequences(await everything(ground))).toEqual(withoutSequences(before))
    expect(comparable(rehearsed)).toEqual(comparable(await ground.run()))
  })

  test('a trigger that refuses a record is seen, which a plan cannot', async () => {
    const triggers =
      ground.engine === 'sqlite'
        ? [
            `create trigger refuse after insert on people when new.nickname = 'loud' begin select raise(abort, 'no'); end`,
          ]
        : [
            `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`,
            `create trigger refuse after insert on people for each row when (new.nickname = 'loud') execute function refuse()`,
          ]
    for (const trigger of triggers) await ground.query(trigger)
    await ground.source('people', [
      { id: 1, email: 'a@example.org' },
      { id: 2, email: 'b@example.org', nickname: 'loud' },
    ])
    const before = await everything(ground)
    expect((await ground.plan()).totals).toMatchObject({ inserted: 2, rejected: 0 })
    const rehearsed = await ground.plan({ rehearse: true })
    expect(rehearsed.totals).toMatchObject({ inserted: 1, rejected: 1 })
    expect(withoutSequences(await everything(ground))).toEqual(withoutSequences(before))
    expect(comparable(rehearsed)).toEqual(comparable(await ground.run()))
  })
})

test('a plan does not make a SQLite file that does not exist', async () => {
  const ground = await layGround('sqlite')
  const report = await plan({ cwd: ground.dir, database: 'sqlite:none.sqlite', env: {} })
  expect(report.status).toBe('failed')
  expect(existsSync(join(ground.dir, 'none.sqlite'))).toBe(false)
})

/** What the plan says is what the run then does, in batches of any size. */
async function expectSame(ground: Ground, options: Parameters<Ground['run']>[0] = {}): Promise<void> {
  const planned = await ground.plan(options)
  const inSmallBatches = await ground.plan({ ...options, batch: 2 })
  const done = await ground.run(options)
  expect(done.errors).toEqual([])
  expect(comparable(planned)).toEqual(comparable(done))
  expect(comparable(inSmallBatches)).toEqual(comparable(done))
  expect([planned.totals, planned.status, planned.exitCode]).toEqual([
    done.totals,
    done.status,
    done.exitCode,
  ])
}

async function fill(ground: Ground): Promise<void> {
  for (const [name, records] of Object.entries(legacy)) await ground.source(name, records)
}

function changesOf(report: RunReport, name: string) {
  return report.pipelines.find((pipeline) => pipeline.name === name)?.changes ?? []
}

/** Numbers that a sequence hands out are not taken back by any rollback. */
function withoutSequences(held: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(held).filter(([name]) => !name.endsWith('_seq')))
}

/** Folders within folders and the files in them, with keys that the database makes. */
async function layFolders(ground: Ground): Promise<void> {
  await addPipeline(
    ground,
    'folders',
    `
export const folders = pg.pgTable('folders', {
  id: pg.integer('id').primaryKey().generatedAlwaysAsIdentity(),
  title: pg.text('title').notNull().unique(),
  parentId: pg.integer('parent_id').references((): pg.AnyPgColumn => folders.id),
})
export default definePipeline({
  name: 'folders',
  source: { files: '../data/folders.json' },
  record: z.object({ path: z.string(), title: z.string(), parent: z.string().optional() }),
  key: 'path',
  target: folders,
  columns: { title: 'title', parentId: reference('folders', 'parent') },
})
`,
    `create table folders (id integer primary key generated always as identity, title text not null constraint folders_title_unique unique,
       parent_id integer constraint folders_parent_id_folders_id_fk references folders (id))`,
  )
  await addPipeline(
    ground,
    'files',
    `
import folders from './folders.js'

export const files = pg.pgTable('files', {
  id: pg.bigserial('id', { mode: 'number' }).primaryKey(),
  name: pg.text('name').notNull().unique(),
  folderId: pg.integer('folder_id'),
})
export default definePipeline({
  name: 'files',
  source: { files: '../data/files.json' },
  record: z.object({ name: z.string(), folder: z.string() }),
  key: 'name',
  target: files,
  columns: { name: 'name', folderId: reference(folders, 'folder') },
})
`,
    `create table files (id bigserial primary key, name text not null constraint files_name_unique unique, folder_id integer references folders (id))`,
  )
}

const matchingOnEmail = `
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

import { describe, expect, test, vi } from 'vitest'
import { addPipeline } from './extra-pipeline.js'
import { comparable, messagesOf, rejectsOf } from './comparable.js'
import { layGround, type Ground, type Row } from './ground.js'
import { check, migrate, type RunReport } from '../../src/index.js'

const engines = ['sqlite', 'postgres'] as const

// Each rule is planned, run and run again on two engines in three sizes of batches.
vi.setConfig({ testTimeout: 240_000 })

/** The same source in batches of 1, 2 and 100 on both engines: planned, run and run again, with one answer. */
async function runEverywhere(
  only: string[],
  lay: (ground: Ground) => Promise<void>,
  rows: string,
  { verifies = true, batches = [1, 2, 100] } = {},
): Promise<{ report: RunReport; rerun: RunReport; rows: Row[] }> {
  const answers = []
  for (const engine of engines) {
    for (const batch of batches) {
      const ground = await layGround(engine)
      await lay(ground)
      const planned = await ground.plan({ only, batch })
      const report = await ground.run({ only, batch })
      expect(report.errors).toEqual([])
      expect(planned.errors).toEqual([])
      expect(comparable(planned)).toEqual(comparable(report))
      const before = await stateOf(ground, rows)
      const rerun = await ground.run({ only, batch: 3 })
      expect(await stateOf(ground, rows)).toEqual(before)
      expect(rerun.pipelines.map((pipeline) => pipeline.rows)).toEqual(
        rerun.pipelines.map(() => ({ inserted: 0, updated: 0, deleted: 0 })),
      )
      for (const { pipelines } of [report, rerun])
        for (const { verification } of pipelines) expect(verification).toMatchObject({ ok: true })
      if (batch === batches.at(-1) && verifies) {
        const verified = await ground.verify({ only })
        for (const { verification } of verified.pipelines) expect(verification).toMatchObject({ ok: true })
      }
      answers.push({ report, rerun, rows: before.rows })
    }
  }
  const [first] = answers
  if (first === undefined) throw new Error('nothing was run')
  for (const { report, rerun, rows: held } of answers) {
    expect(comparable(report)).toEqual(comparable(first.report))
    expect(comparable(rerun)).toEqual(comparable(first.rerun))
    expect(held).toEqual(first.rows)
  }
  return first
}

async function stateOf(ground: Ground, rows: string): Promise<{ rows: Row[]; entries: Row[] }> {
  return {
    rows: await ground.query(rows),
    entries: await ground.query(`select * from ${ground.ledger('records')} order by pipeline, legacy_key`),
  }
}

/** `{ id: 'a', parent_id: null }` → `a null` */
function inWords(row: Row): string {
  return Object.values(row).map(String).join(' ')
}

function outcomesOf(report: RunReport, name: string): Record<string, number> {
  const outcomes = report.pipelines.find((pipeline) => pipeline.name === name)?.outcomes
  return Object.fromEntries(Object.entries(outcomes ?? {}).filter(([, count]) => count > 0))
}

function rowsWritten(report: RunReport, name: string): unknown {
  return report.pipelines.find((pipeline) => pipeline.name === name)?.rows
}

function warningsOf(report: RunReport, name: string): unknown {
  return report.pipelines.find((pipeline) => pipeline.name === name)?.warnings
}

const nodes = (options = '', parent = '', more = '') => `
export const nodes = pg.pgTable('nodes', {
  id: pg.text('id').primaryKey(),
  slug: pg.text('slug').notNull().unique(),
  parentId: pg.text('parent_id')${parent}.references((): pg.AnyPgColumn => nodes.id),
})
export default definePipeline({
  name: 'nodes',
  source: { files: '../data/nodes.json' },
  record: z.object({ id: z.string(), slug: z.string().nullish(), parent: z.string().nullish() }),
  key: 'id',
  target: nodes,
  columns: { id: 'id', slug: ({ id, slug }) => slug ?? id, parentId: reference('nodes', 'parent'${options}) },
  ${more}
})
`
const nodesDdl = (parent = '') => `
create table nodes (
  id text primary key,
  slug text not null constraint nodes_slug_unique unique,
  parent_id text${parent} constraint nodes_parent_id_nodes_id_fk references nodes (id)
)`

interface Node {
  id: string
  slug?: string
  parent?: string
}

const layNodes =
  (records: readonly Node[], options = '', more = '') =>
  async (ground: Ground) => {
    await addPipeline(ground, 'nodes', nodes(options, '', more), nodesDdl())
    await ground.source('nodes', records)
  }
const nodeRows = 'select id, parent_id from nodes order by id'

describe('references of a pipeline to itself', () => {
  test('lead to records that come earlier and later', async () => {
    const legacy = [
      { id: 'c', parent: 'b' },
      { id: 'b', parent: 'a' },
      { id: 'a' },
      { id: 'd', parent: 'c' },
      { id: 'e', parent: 'd' },
      { id: 'f', parent: 'nowhere' },
      { id: 'g', parent: 'f' },
    ]
    const { report, rows } = await runEverywhere(['nodes'], layNodes(legacy), nodeRows)
    expect(outcomesOf(report, 'nodes')).toEqual({ inserted: 5, rejected: 2 })
    expect(rejectsOf(report, 'nodes')).toEqual({
      f: 'missing_reference parent_id',
      g: 'missing_reference parent_id',
    })
    expect(rows.map(({ parent_id }) => parent_id)).toEqual([null, 'a', 'b', 'c', 'd'])
  })

  test('lead to records that come later and refer to nothing themselves', async () => {
    const legacy = [
      { id: 'a', parent: 'b' },
      { id: 'b', parent: 'nowhere' },
      { id: 'c', parent: 'b' },
      { id: 'd', parent: 'c' },
    ]
    for (const records of [legacy, legacy.toReversed()]) {
      const { rows } = await runEverywhere(['nodes'], layNodes(records, `, { missing: 'null' }`), nodeRows)
      expect(rows.map(({ parent_id }) => parent_id)).toEqual(['b', null, 'b', 'c'])
    }
  })

  test('do not change which of two records with one unique value is first, whatever the batch', async () => {
    const legacy = [
      { id: 'root' },
      { id: 'child', parent: 'root', slug: 'same' },
      { id: 'rival', slug: 'same' },
      { id: 'early', parent: 'late', slug: 'other' },
      { id: 'other', slug: 'other' },
      { id: 'late' },
    ]
    const { report } = await runEverywhere(['nodes'], layNodes(legacy), nodeRows)
    expect(rejectsOf(report, 'nodes')).toEqual({ rival: 'duplicate', early: 'duplicate' })
  })
})

describe('records that refer to each other in a circle', () => {
  test('go with an empty column first, and have it filled by a second pass', async () => {
    const legacy = [
      { id: 'below', parent: 'a' },
      { id: 'a', parent: 'b' },
      { id: 'b', parent: 'a' },
      { id: 'self', parent: 'self' },
    ]
    const { report, rerun, rows } = await runEverywhere(['nodes'], layNodes(legacy), nodeRows)
    expect(outcomesOf(report, 'nodes')).toEqual({ inserted: 4 })
    expect(rowsWritten(report, 'nodes')).toEqual({ inserted: 4, updated: 3, deleted: 0 })
    expect(outcomesOf(rerun, 'nodes')).toEqual({ unchanged: 4 })
    expect(rows.map(inWords)).toEqual(['a b', 'b a', 'below a', 'self self'])
  })

  test('leave a row that was there as it is until what it refers to is there', async () => {
    const lay = async (ground: Ground) => {
      await layNodes([
        { id: 'new-a', slug: 'a', parent: 'new-b' },
        { id: 'new-b', slug: 'b', parent: 'new-a' },
      ])(ground)
      await ground.query(`insert into nodes (id, slug, parent_id) values ('a', 'a', null)`)
      await ground.query(`insert into nodes (id, slug, parent_id) values ('b', 'b', 'a')`)
    }
    const { report, rows } = await runEverywhere(['nodes'], lay, nodeRows)
    expect(outcomesOf(report, 'nodes')).toEqual({ updated: 1, unchanged: 1 })
    expect(rowsWritten(report, 'nodes')).toEqual({ inserted: 0, updated: 1, deleted: 0 })
    expect(rows.map(inWords)).toEqual(['a b', 'b a'])
  })

  test('are kept as they are where policy keeps rows that were there', async () => {
    const lay = async (ground: Ground) => {
      await layNodes(
        [
          { id: 'new-a', slug: 'a', parent: 'new-b' },
          { id: 'new-b', slug: 'b', parent: 'new-a' },
        ],
        '',
        `policies: { adopt: 'keep' }`,
      )(ground)
      await ground.query(`insert into nodes (id, slug, parent_id) values ('a', 'a', null)`)
      await ground.query(`insert into nodes (id, slug, parent_id) values ('b', 'b', null)`)
    }
    const { report, rows } = await runEverywhere(['nodes'], lay, nodeRows, { verifies: false })
    expect(outcomesOf(report, 'nodes')).toEqual({ kept: 2 })
    expect(rows.map(({ parent_id }) => parent_id)).toEqual([null, null])
  })

  test('leave the column empty where the other one is rejected', async () => {
    const lay = async (ground: Ground) => {
      await layNodes([
        { id: 'a', parent: 'b' },
        { id: 'b', parent: 'c', slug: 'taken' },
        { id: 'c', parent: 'a' },
      ])(ground)
      await ground.query(`insert into nodes (id, slug) values ('b', 'b')`)
      await ground.query(`insert into nodes (id, slug) values ('x', 'taken')`)
    }
    const { report, rerun, rows } = await runEverywhere(['nodes'], lay, nodeRows)
    expect(rejectsOf(report, 'nodes')).toEqual({ b: 'ambiguous' })
    expect(outcomesOf(report, 'nodes')).toEqual({ inserted: 2, rejected: 1 })
    expect(warningsOf(report, 'nodes')).toEqual([
      { code: 'missing_reference', column: 'parent_id', count: 1 },
    ])
    expect(outcomesOf(rerun, 'nodes')).toEqual({ unchanged: 2, rejected: 1 })
    expect(rows.map(inWords)).toEqual(['a null', 'b null', 'c a', 'x null'])
  })

  test('are rejected, and their row stays, where the database refuses the second pass', async () => {
    const lay = async (ground: Ground) => {
      await layNodes([
        { id: 'a', parent: 'b' },
        { id: 'b', parent: 'a' },
        { id: 'x', parent: 'a' },
      ])(ground)
      await ground.query('create unique index nodes_parent_key on nodes (parent_id)')
    }
    const { report, rerun, rows } = await runEverywhere(['nodes'], lay, nodeRows, { batches: [1, 100] })
    expect(outcomesOf(report, 'nodes')).toEqual({ inserted: 2, rejected: 1 })
    expect(rejectsOf(report, 'nodes')).toEqual({ b: 'unique_conflict' })
    expect(outcomesOf(rerun, 'nodes')).toEqual({ unchanged: 2, rejected: 1 })
    expect(rows.map(inWords)).toEqual(['a b', 'b null', 'x a'])
  })

  test('are rejected where the column may not be null', async () => {
    const lay = async (ground: Ground) => {
      await addPipeline(ground, 'nodes', nodes('', '.notNull()'), nodesDdl(' not null'))
      await ground.source('nodes', [
        { id: 'below', parent: 'a' },
        { id: 'a', parent: 'b' },
        { id: 'b', parent: 'a' },
      ])
    }
    const { report } = await runEverywhere(['nodes'], lay, nodeRows)
    expect(rejectsOf(report, 'nodes')).toEqual({
      a: 'missing_reference parent_id',
      b: 'missing_reference parent_id',
      below: 'missing_reference parent_id',
    })
    const { a, below } = messagesOf(report, 'nodes')
    expect(a).toContain('refer to each other in a circle, and the column may not be null')
    expect(below).toContain('leads nowhere')
  })
})

const company = (managerOptions = '', managerNull = '') => `
export const departments = pg.pgTable('departments', {
  id: pg.integer('id').primaryKey().generatedByDefaultAsIdentity(),
  name: pg.text('name').notNull().unique(),
  managerId: pg.text('manager_id')${managerNull}.references((): pg.AnyPgColumn => employees.id),
})
export const employees = pg.pgTable('employees', {
  id: pg.text('id').primaryKey(),
  age: pg.integer('age'),
  departmentId: pg.integer('department_id').notNull().references((): pg.AnyPgColumn => departments.id),
}, (table) => [pg.check('employees_age_check', sql\`\${table.age} > 0\`)])
export const departmentsPipeline = {
  name: 'departments',
  source: { files: '../data/departments.json' },
  record: z.object({ no: z.number(), name: z.string(), manager: z.string().nullish() }),
  key: 'no',
  target: departments,
  columns: { name: 'name', managerId: reference('employees', 'manager'${managerOptions}) },
}
export const employeesPipeline = {
  name: 'employees',
  source: { files: '../data/employees.json' },
  record: z.object({ id: z.string(), age: z.number().nullish(), department: z.number() }),
  key: 'id',
  target: employees,
  columns: { id: 'id', age: 'age', departmentId: reference('departments', 'department') },
}
`
const companyDdl = [
  `create table departments (
     id integer primary key generated by default as identity,
     name text not null constraint departments_name_unique unique,
     manager_id text
   )`,
  `create table employees (
     id text primary key,
     age integer constraint employees_age_check check (age > 0),
     department_id integer not null constraint employees_department_id_departments_id_fk references departments (id)
   )`,
  `alter table departments add constraint departments_manager_id_employees_id_fk foreign key (manager_id) references employees (id)`,
]

interface Company {
  departments: { no: number; name: string; manager?: string }[]
  employees: { id: string; age?: number; department: number }[]
}

/** Two pipelines that refer to each other, each in a file of its own. */
const layCompany =
  (legacy: Company, options = '') =>
  async (ground: Ground) => {
    await ground.file('company.ts', companyImports + company(options))
    await ground.file('pipelines/departments.ts', companyFile('departments'))
    await ground.file('pipelines/employees.ts', companyFile('employees'))
    await ground.source('departments', legacy.departments)
    await ground.source('employees', legacy.employees)
    if (ground.engine === 'sqlite')
      expect((await migrate({ cwd: ground.dir, database: ground.url, env: {} })).errors).toEqual([])
    else for (const statement of companyDdl) await ground.query(statement)
  }
const companyImports = `
import { definePipeline, reference } from 'carryover'
import { sql } from 'drizzle-orm'
import * as pg from 'drizzle-orm/pg-core'
import { z } from 'zod'
`
const companyFile = (name: string) => `
import { definePipeline } from 'carryover'
import { ${name}Pipeline } from '../company.js'
export default definePipeline(${name}Pipeline)
`
const companyRows = `
select d.name, d.manager_id, (select cast(count(*) as integer) from employees e where e.department_id = d.id) as staff
  from departments d order by d.name`

describe('pipelines that refer to each other in a circle', () => {
  const only = ['departments', 'employees']
  const legacy: Company = {
    departments: [
      { no: 1, name: 'sales', manager: 'ada' },
      { no: 2, name: 'lab', manager: 'bob' },
      { no: 3, name: 'attic' },
    ],
    employees: [
      { id: 'ada', department: 2 },
      { id: 'bob', department: 1 },
      { id: 'cyd', department: 1 },
    ],
  }

  test('fill the column that may be null when the other pipeline has run', async () => {
    const { report, rerun, rows } = await runEverywhere(only, layCompany(legacy), companyRows)
    expect(report.pipelines.map(({ name }) => name)).toEqual(only)
    expect(outcomesOf(report, 'departments')).toEqual({ inserted: 3 })
    expect(rowsWritten(report, 'departments')).toEqual({ inserted: 3, updated: 2, deleted: 0 })
    expect(outcomesOf(report, 'employees')).toEqual({ inserted: 3 })
    expect(report.totals).toMatchObject({ inserted: 6, updated: 0 })
    expect(outcomesOf(rerun, 'departments')).toEqual({ unchanged: 3 })
    expect(rows.map(inWords)).toEqual(['attic null 0', 'lab bob 1', 'sales ada 2'])
  })

  test('reject at once what leads nowhere, and leave empty what leads to a rejected record', async () => {
    const bad: Company = {
      departments: [
        { no: 1, name: 'sales', manager: 'ada' },
        { no: 2, name: 'lab', manager: 'nobody' },
      ],
      employees: [
        { id: 'ada', department: 1, age: -1 },
        { id: 'bob', department: 2 },
      ],
    }
    const { report, rerun, rows } = await runEverywhere(only, layCompany(bad), companyRows)
    expect(rejectsOf(report, 'departments')).toEqual({ 2: 'missing_reference manager_id' })
    expect(warningsOf(report, 'departments')).toContainEqual({
      code: 'missing_reference',
      column: 'manager_id',
      count: 1,
    })
    expect(rejectsOf(report, 'employees')).toEqual({
      ada: 'check age',
      bob: 'missing_reference department_id',
    })
    expect(outcomesOf(rerun, 'departments')).toEqual({ unchanged: 1, rejected: 1 })
    expect(rows).toMatchObject([{ name: 'sales', manager_id: null }])
  })

  test('leave the column empty and say so where that is what the reference asks for', async () => {
    const bad = { ...legacy, departments: [{ no: 1, name: 'sales', manager: 'nobody' }], employees: [] }
    const { report, rows } = await runEverywhere(only, layCompany(bad, `, { missing: 'null' }`), companyRows)
    expect(outcomesOf(report, 'departments')).toEqual({ inserted: 1 })
    expect(warningsOf(report, 'departments')).toContainEqual({
      code: 'missing_reference',
      column: 'manager_id',
      count: 1,
    })
    expect(rows).toMatchObject([{ name: 'sales', manager_id: null }])
  })

  test('are a problem of the definition where none of the columns may be null', async () => {
    const ground = await layGround('sqlite')
    await ground.file('company.ts', companyImports + company('', '.notNull()'))
    await ground.file('pipelines/departments.ts', companyFile('departments'))
    await ground.file('pipelines/employees.ts', companyFile('employees'))
    for (const name of only) await ground.source(name, [])
    const { problems, exitCode } = await check({ cwd: ground.dir })
    expect(problems).toMatchObject([
      {
        code: 'pipeline.cycle',
        message: expect.stringContaining('departments.managerId → employees.departmentId → departments'),
      },
    ])
    expect(exitCode).toBe(1)
  })
})

const tagsFile = `
export const tags = pg.pgTable('tags', {
  id: pg.integer('id').primaryKey().generatedByDefaultAsIdentity(),
  slug: pg.text('slug').notNull().unique(),
  label: pg.text('label').unique(),
  parentId: pg.integer('parent_id').references((): pg.AnyPgColumn => tags.id),
}, (table) => [pg.check('tags_slug_check', sql\`\${table.slug} <> 'bad'\`)])
export default definePipeline({
  name: 'tags',
  source: { files: '../data/tags.json' },
  record: z.object({ no: z.string(), slug: z.string(), label: z.string().nullish(), parent: z.string().nullish() }),
  key: 'no',
  stub: (no) => ({ no, slug: no, label: no === 'both' ? 'other' : null, parent: no === 'child' ? 'root' : null }),
  target: tags,
  columns: { slug: 'slug', label: 'label', parentId: reference('tags', 'parent') },
})
`
const tagsDdl = `
create table tags (
  id integer primary key generated by default as identity,
  slug text not null constraint tags_slug_unique unique constraint tags_slug_check check (slug <> 'bad'),
  label text constraint tags_label_unique unique,
  parent_id integer constraint tags_parent_id_tags_id_fk references tags (id)
)`
const postsFile = (options: string) => `
import tags from './tags.js'
export const posts = pg.pgTable('posts', {
  id: pg.text('id').primaryKey(),
  title: pg.text('title').notNull(),
  tagId: pg.integer('tag_id').notNull().references(() => tags.target.id),
  alsoId: pg.integer('also_id').references(() => tags.target.id),
}, (table) => [pg.check('posts_title_check', sql\`\${table.title} <> ''\`)])
export default definePipeline({
  name: 'posts',
  source: { files: '../data/posts.json' },
  record: z.object({ id: z.string(), title: z.string(), tag: z.string(), also: z.string().nullish() }),
  key: 'id',
  target: posts,
  columns: { id: 'id', title: 'title', tagId: reference(tags, 'tag', ${options}), alsoId: reference(tags, 'also', ${options}) },
})
`
const postsDdl = `
create table posts (
  id text primary key,
  title text not null constraint posts_title_check check (title <> ''),
  tag_id integer not null constraint posts_tag_id_tags_id_fk references tags (id),
  also_id integer constraint posts_also_id_tags_id_fk references tags (id)
)`

interface Blog {
  tags?: { no: string; slug: string; label?: string; parent?: string }[]
  posts: { id: string; title: string; tag: string; also?: string }[]
}

const layBlog = (legacy: Blog) => async (ground: Ground) => {
  await addPipeline(ground, 'tags', tagsFile, tagsDdl)
  await addPipeline(ground, 'posts', postsFile(`{ missing: 'stub' }`), postsDdl)
  await ground.source('tags', legacy.tags ?? [])
  await ground.source('posts', legacy.posts)
}
const blogRows = `
select p.id, t.slug as tag, a.slug as also from posts p
  join tags t on t.id = p.tag_id left join tags a on a.id = p.also_id order by p.id`
const tagRows = 'select slug, label, parent_id from tags order by slug'

describe('a reference that asks for a stub', () => {
  const only = ['tags', 'posts']

  test('has one row made for each missing record', async () => {
    const { report, rerun, rows } = await runEverywhere(
      only,
      layBlog({
        tags: [{ no: 'real', slug: 'real' }],
        posts: [
          { id: '1', title: 'a', tag: 'new', also: 'new' },
          { id: '2', title: 'b', tag: 'real', also: 'other' },
          { id: '3', title: 'c', tag: 'new' },
        ],
      }),
      blogRows,
    )
    expect(rows.map(inWords)).toEqual(['1 new new', '2 real other', '3 new null'])
    expect(rowsWritten(report, 'posts')).toEqual({ inserted: 5, updated: 0, deleted: 0 })
    expect(outcomesOf(report, 'posts')).toEqual({ inserted: 3 })
    expect(warningsOf(report, 'posts')).toEqual([
      { code: 'stub', column: 'also_id', count: 1 },
      { code: 'stub', column: 'tag_id', count: 1 },
    ])
    expect(warningsOf(rerun, 'posts')).toEqual([])
  })

  test('leaves no stub behind when its record is rejected', async () => {
    const { report, rows } = await runEverywhere(
      only,
      layBlog({
        posts: [
          { id: '1', title: '', tag: 'shared' },
          { id: '2', title: '', tag: 'lonely' },
          { id: '3', title: 'c', tag: 'shared' },
        ],
      }),
      tagRows,
    )
    expect(rejectsOf(report, 'posts')).toEqual({ 1: 'check title', 2: 'check title' })
    expect(rowsWritten(report, 'posts')).toEqual({ inserted: 2, updated: 0, deleted: 0 })
    expect(rows).toEqual([{ slug: 'shared', label: null, parent_id: null }])
  })

  test('is rejected when its stub cannot be made, and says why', async () => {
    const lay = async (ground: Ground) => {
      await layBlog({
        posts: [
          { id: '1', title: 'a', tag: 'bad' },
          { id: '2', title: 'b', tag: 'both' },
          { id: '3', title: 'c', tag: 'child' },
          { id: '4', title: 'd', tag: 'fine', also: 'bad' },
        ],
      })(ground)
      await ground.query(`insert into tags (slug, label) values ('both', null)`)
      await ground.query(`insert into tags (slug, label) values ('x', 'other')`)
    }
    const { report, rows } = await runEverywhere(only, lay, tagRows)
    expect(outcomesOf(report, 'posts')).toEqual({ inserted: 1, rejected: 3 })
    expect(messagesOf(report, 'posts')).toMatchObject({
      1: expect.stringContaining('breaks the check tags_slug_check'),
      2: expect.stringContaining('its unique keys point at different rows'),
      4: expect.stringContaining('breaks the check tags_slug_check'),
    })
    expect(rows.map(({ slug }) => slug)).toEqual(['both', 'child', 'x'])
  })

  test('takes a row that is there as it is', async () => {
    const lay = async (ground: Ground) => {
      await layBlog({ posts: [{ id: '1', title: 'a', tag: 'there' }] })(ground)
      await ground.query(`insert into tags (slug, label) values ('there', 'as it is')`)
    }
    const { report, rows } = await runEverywhere(only, lay, tagRows)
    expect(rowsWritten(report, 'posts')).toEqual({ inserted: 1, updated: 0, deleted: 0 })
    expect(rows).toEqual([{ slug: 'there', label: 'as it is', parent_id: null }])
  })

  test.each(engines)('gives its row to the real record when that one comes, on %s', async (engine) => {
    const ground = await layGround(engine)
    await layBlog({ posts: [{ id: '1', title: 'a', tag: 'new' }] })(ground)
    await ground.run({ only })
    const before = await ground.query('select id from tags')
    await ground.source('tags', [{ no: 'new', slug: 'real', label: 'Real' }])
    const second = await ground.run({ only })
    expect(outcomesOf(second, 'tags')).toEqual({ updated: 1 })
    expect(outcomesOf(second, 'posts')).toEqual({ unchanged: 1 })
    expect(await ground.query('select id, slug, label from tags')).toEqual([
      { ...before[0], slug: 'real', label: 'Real' },
    ])
    const roles = await ground.query(`select role from ${ground.ledger('records')} where pipeline = 'tags'`)
    expect(roles).toEqual([{ role: 'owner' }])
  })

  test('is a problem of the definition where the pipeline makes no stubs', async () => {
    const ground = await layGround('sqlite')
    await ground.file('pipelines/nodes.ts', companyImports + nodes(`, { missing: 'stub' }`))
    await ground.source('nodes', [])
    const { problems } = await check({ cwd: ground.dir })
    expect(problems).toMatchObject([
      { code: 'pipeline.no_stub', message: expect.stringContaining('nodes.parentId asks for a stub') },
    ])
  })
})

const citiesFile = (by: string, more = '') => `
const citext = pg.customType({ dataType: () => 'citext' })
export const countries = pg.pgTable('countries', {
  id: pg.integer('id').primaryKey(),
  code: citext('code').notNull().unique(),
  number: pg.numeric('number'),
  guid: pg.uuid('guid'),
  name: pg.text('name'),
})
export const cities = pg.pgTable('cities', {
  id: pg.text('id').primaryKey(),
  countryId: pg.integer('country_id').references(() => countries.id),
})
export default definePipeline({
  name: 'cities',
  source: { files: '../data/cities.json' },
  record: z.object({ id: z.string(), country: z.union([z.string(), z.number()]).nullish() }),
  key: 'id',
  target: cities,
  columns: { id: 'id', countryId: reference(countries, 'country', { by: '${by}'${more} }) },
})
`
const citiesDdl = [
  'create extension if not exists citext',
  `create table countries (
     id integer primary key,
     code citext not null constraint countries_code_unique unique,
     number numeric, guid uuid, name text
   )`,
  `create table cities (
     id text primary key,
     country_id integer constraint cities_country_id_countries_id_fk references countries (id)
   )`,
]

const layCities =
  (by: string, legacy: readonly { id: string; country?: string | number }[], more = '') =>
  async (ground: Ground) => {
    await addPipeline(ground, 'cities', citiesFile(by, more), citiesDdl.join(';'))
    await ground.source('cities', legacy)
    const guid = '6b1f2b1e-0000-4000-8000-00000000000'
    await ground.query(
      `insert into countries (id, code, number, guid, name) values
         (1, 'DE', 7, '${guid}1', 'one'), (2, 'FR', 7.5, '${guid}2', 'two'), (3, 'PL', 9, null, 'two')`,
    )
  }
const cityRows = 'select id, country_id from cities order by id'

describe('a reference to rows that no pipeline imported', () => {
  test.each<[string, string, (string | number)[], (number | null)[]]>([
    ['text', 'name', ['one', 'ONE'], [1, null]],
    ['text without case', 'code', ['de', 'FR', 'Xx'], [1, 2, null]],
    ['numbers', 'number', ['7', 7, '07.0', '7.5', 'seven'], [1, 1, 1, 2, null]],
    ['uuids', 'guid', ['6B1F2B1E-0000-4000-8000-000000000002', 'abc'], [2, null]],
    ['a value of several rows', 'name', ['two'], [null]],
  ])('compares as the database does: %s', async (_, by, values, expected) => {
    const legacy = values.map((country, index) => ({ id: String(index), country }))
    const { report, rows } = await runEverywhere(
      ['cities'],
      layCities(by, legacy, `, missing: 'null'`),
      cityRows,
      { batches: [2] },
    )
    expect(rows.map((row) => row['country_id'])).toEqual(expected)
    expect(outcomesOf(report, 'cities')).toEqual({ inserted: values.length })
  })

  test('rejects the record whose row is missing', async () => {
    const legacy = [{ id: '1', country: 'de' }, { id: '2', country: 'nowhere' }, { id: '3' }]
    const { report } = await runEverywhere(['cities'], layCities('code', legacy), cityRows)
    expect(outcomesOf(report, 'cities')).toEqual({ inserted: 2, rejected: 1 })
    expect(messagesOf(report, 'cities')[2]).toContain('no single row of countries has it as code')
  })

  test('is a problem of the definition without a column to look up', async () => {
    const ground = await layGround('sqlite')
    await ground.file('pipelines/cities.ts', companyImports + citiesFile('nothing'))
    await ground.source('cities', [])
    const { problems } = await check({ cwd: ground.dir })
    expect(problems).toMatchObject([
      {
        code: 'pipeline.reference_by',
        message: expect.stringContaining('cities.countryId refers to the table countries by nothing'),
      },
    ])
  })
})

const ordersFile = (lines: string) => `
export const orders = pg.pgTable('orders', {
  id: pg.integer('id').primaryKey().generatedByDefaultAsIdentity(),
  title: pg.text('title').notNull().unique(),
})
export const ordersPipeline = {
  name: 'orders',
  source: { files: '../data/orders.json' },
  record: z.object({ shop: z.string(), no: z.number(), title: z.string() }),
  key: ['shop', 'no'],
  target: orders,
  columns: { title: 'title' },
  policies: { duplicates: 'first' },
} as const
export const lines = pg.pgTable('lines', {
  id: pg.text('id').primaryKey(),
  orderId: pg.integer('order_id').references(() => orders.id),
})
export const linesPipeline = {
  name: 'lines',
  source: { files: '../data/lines.json' },
  record: z.object({ id: z.string(), shop: z.string().nullish(), no: z.union([z.number(), z.string()]).nullish() }),
  key: 'id',
  target: lines,
  columns: { id: 'id', orderId: reference('orders', ${lines}) },
} as const
`
const ordersDdl = [
  `create table orders (
     id integer primary key generated by default as identity,
     title text not null constraint orders_title_unique unique
   )`,
  `create table lines (
     id text primary key,
     order_id integer constraint lines_order_id_orders_id_fk references orders (id)
   )`,
]
const ordersModule = (name: string) => `
import { definePipeline } from 'carryover'
import { ${name}Pipeline } from '../orders.js'
export default definePipeline(${name}Pipeline)
`

async function layOrders(ground: Ground, lines: string): Promise<void> {
  await ground.file('orders.ts', companyImports + ordersFile(lines))
  for (const name of ['orders', 'lines']) {
    await ground.file(`pipelines/${name}.ts`, ordersModule(name))
    await ground.source(name, [])
  }
}

describe('a reference by several fields', () => {
  test('reaches the record whose key has these parts, and the row of a duplicate', async () => {
    const lay = async (ground: Ground) => {
      await layOrders(ground, `['shop', 'no']`)
      if (ground.engine === 'sqlite')
        expect((await migrate({ cwd: ground.dir, database: ground.url, env: {} })).errors).toEqual([])
      else for (const statement of ordersDdl) await ground.query(statement)
      await ground.source('orders', [
        { shop: 'a', no: 1, title: 'first' },
        { shop: 'b', no: 1, title: 'second' },
        { shop: 'c', no: 1, title: 'first' },
      ])
      await ground.source('lines', [
        { id: '1', shop: 'a', no: 1 },
        { id: '2', shop: 'b', no: '1' },
        { id: '3', shop: 'c', no: 1 },
        { id: '4', shop: 'a', no: 2 },
        { id: '5', shop: 'a' },
      ])
    }
    const { report, rows } = await runEverywhere(
      ['orders', 'lines'],
      lay,
      'select l.id, o.title from lines l left join orders o on o.id = l.order_id order by l.id',
    )
    expect(outcomesOf(report, 'orders')).toEqual({ inserted: 2, duplicate: 1 })
    expect(rejectsOf(report, 'lines')).toEqual({ 4: 'missing_reference order_id' })
    expect(rows).toEqual([
      { id: '1', title: 'first' },
      { id: '2', title: 'second' },
      { id: '3', title: 'first' },
      { id: '5', title: null },
    ])
  })

  test.each([
    [`['shop']`, 'pipeline.reference_key'],
    [`'no'`, 'pipeline.reference_key'],
    [`['shop', 'number']`, 'pipeline.no_such_field'],
    [`['shop', 'no'], { by: 'title' }`, 'pipeline.reference_by'],
  ])('is a problem of the definition where it does not fit the key: %s', async (lines, code) => {
    const ground = await layGround('sqlite')
    await layOrders(ground, lines)
    const { problems } = await check({ cwd: ground.dir })
    expect(problems).toMatchObject([{ code }])
  })
})

// A round of its own for each link: only where rounds do not ask all that waits is this done in seconds.
test.each(engines)('a chain of 1,000 references is settled in either order, on %s', async (engine) => {
  const length = 1_000
  const chain = Array.from({ length }, (_, index) => ({
    id: `n${index}`,
    ...(index === 0 ? {} : { parent: `n${index - 1}` }),
  }))
  for (const legacy of [chain, chain.toReversed()]) {
    const ground = await layGround(engine)
    await layNodes(legacy)(ground)
    const report = await ground.run({ only: ['nodes'] })
    expect(outcomesOf(report, 'nodes')).toEqual({ inserted: length })
    expect(rowsWritten(report, 'nodes')).toEqual({ inserted: length, updated: 0, deleted: 0 })
  }
})

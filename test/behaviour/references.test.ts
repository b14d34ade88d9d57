import { describe, expect, test } from 'vitest'
import { addPipeline } from './extra-pipeline.js'
import { comparable, messagesOf, rejectsOf } from './comparable.js'
import { layGround, type Ground, type Row } from './ground.js'
import { check, migrate, type RunReport } from '../../src/index.js'

const engines = ['sqlite', 'postgres'] as const

/** The same source in batches of 1, 2 and 100 on both engines: planned, run and run again, with one answer. */
async function runEverywhere(
  only: string[],
  lay: (ground: Ground) => Promise<void>,
  rows: string,
  verifies = true,
): Promise<{ report: RunReport; rerun: RunReport; rows: Row[] }> {
  const answers = []
  for (const engine of engines) {
    for (const batch of [1, 2, 100]) {
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
      if (batch === 100 && verifies) {
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
const nodeRows = 'select id, slug, parent_id from nodes order by id'

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
    expect(rows.map(({ id, parent_id }) => `${id} ${parent_id}`)).toEqual([
      'a b',
      'b a',
      'below a',
      'self self',
    ])
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
    expect(rows.map(({ id, parent_id }) => `${id} ${parent_id}`)).toEqual(['a b', 'b a'])
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
    const { report, rows } = await runEverywhere(['nodes'], lay, nodeRows, false)
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
    expect(rows.map(({ id, parent_id }) => `${id} ${parent_id}`)).toEqual([
      'a null',
      'b null',
      'c a',
      'x null',
    ])
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
select d.name, d.manager_id, (select count(*) from employees e where e.department_id = d.id) as staff
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
    expect(rows.map((row) => `${row['name']} ${row['manager_id']} ${row['staff']}`)).toEqual([
      'attic null 0',
      'lab bob 1',
      'sales ada 2',
    ])
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

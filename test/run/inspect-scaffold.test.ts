import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { check, inspect, type InspectReport, migrate, run, type RunReport } from '../../src/index.js'
import { openModuleLoader } from '../../src/pipeline/import-module.js'
import { type FreshDatabase, freshDatabase } from '../postgres/fresh-database.js'
import { shopDocument } from './shop-document.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
// Inside the repository, so that the pipelines find zod and drizzle as a user's project does.
const scratch = join(root, '.tmp')

const sources = [
  {
    title: 'the sample',
    lay: (project: string) => cp(join(root, 'data-samples'), join(project, 'legacy'), { recursive: true }),
    files: [
      'organizations.json',
      'roles.json',
      'users.json',
      'agents.ndjson',
      'invoices/*.json',
      'tools.json.gz',
    ],
    // The user 039787B2 has the id of another one in capitals, and the organization of d3b6bd1a is cut off.
    foreseen: ['users', 'invoices'],
    rejects: [
      'invoices.amount type',
      'organizations.name lone_surrogate',
      'roles.description nul_character',
      'users duplicate',
      'users duplicate_key',
    ],
    outcomes: { inserted: 417, rejected: 5 },
  },
  {
    title: 'a document with several lists and names that are none',
    lay: async (project: string) => {
      await mkdir(join(project, 'legacy'))
      await writeFile(join(project, 'legacy/shop.json'), shopDocument)
    },
    files: ['shop.json'],
    foreseen: [],
    rejects: [],
    outcomes: { inserted: 105, rejected: 0 },
  },
]

describe.each(sources)('the scaffold of $title', ({ lay, files, foreseen, rejects, outcomes }) => {
  let project: string
  let report: InspectReport
  beforeAll(async () => {
    project = await newProject()
    await lay(project)
    report = await inspect({
      cwd: project,
      files: files.map((file) => `legacy/${file}`),
      scaffold: 'pipelines',
    })
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify(await strictest()))
  })
  afterAll(() => rm(project, { recursive: true, force: true }))

  it('is written, a module for each collection and one for tables and enums', async () => {
    expect(report).toMatchObject({ exitCode: 0, errors: [], scaffold: { notes: [] } })
    const modules = report.collections.map(({ name }) => `${name}.ts`)
    expect((await readdir(join(project, 'pipelines'))).toSorted()).toEqual(
      [...modules, 'enums.ts', 'schema.ts'].toSorted(),
    )
    expect(report.scaffold?.files).toHaveLength(modules.length + 2)
  })

  it('compiles under the strictest settings', async () => {
    expect(await compile(project)).toBe('')
  })

  it('is sound: a check finds no fault in it, and tells which records would be rejected', async () => {
    const { problems, pipelines } = await check({ cwd: project, env: {} })
    expect(problems.map(({ severity, code, pipeline }) => `${severity} ${code} ${pipeline}`)).toEqual(
      foreseen.map((pipeline) => `warning pipeline.rejects ${pipeline}`),
    )
    const withRejects = pipelines.filter((pipeline) => pipeline.rejected > 0)
    expect(withRejects.map(({ name }) => name)).toEqual(foreseen)
  })

  it.each(['SQLite', 'Postgres'])('runs on %s, and a second run writes nothing', async (engine) => {
    const database = engine === 'SQLite' ? await sqlite(project) : (await postgres(project)).url
    const first = await run({ cwd: project, database, env: {} })
    expect(first.errors).toEqual([])
    expect(rejected(first)).toEqual(rejects)
    expect(first.totals).toMatchObject({ updated: 0, ...outcomes })
    const second = await run({ cwd: project, database, env: {} })
    expect(second.totals).toMatchObject({ unchanged: outcomes.inserted, inserted: 0, updated: 0 })
    expect(second.pipelines.flatMap(({ rows }) => Object.values(rows))).toEqual(
      second.pipelines.flatMap(() => [0, 0, 0]),
    )
  })

  it('is not written over', async () => {
    const before = await readFile(join(project, 'pipelines/schema.ts'), 'utf8')
    const again = await inspect({ cwd: project, files: [`legacy/${files[0]}`], scaffold: 'pipelines' })
    expect(again).toMatchObject({ exitCode: 64, errors: [{ code: 'inspect.exists' }], scaffold: null })
    expect(again.errors[0]?.message).toMatch(/^pipelines\/\w+\.ts is there already/)
    expect(await readFile(join(project, 'pipelines/schema.ts'), 'utf8')).toBe(before)
  })

  it('takes tables that are there already, and writes none', async () => {
    const options = { cwd: project, files: [`legacy/${files[0]}`], scaffold: 'more/pipelines' }
    const { scaffold } = await inspect({ ...options, schema: 'pipelines/schema.ts' })
    expect(scaffold?.files).not.toContain('more/pipelines/schema.ts')
    const [first = ''] = scaffold?.files.filter((file) => !file.endsWith('enums.ts')) ?? []
    expect(await readFile(join(project, first), 'utf8')).toContain("from '../../pipelines/schema.js'")
    expect(await inspect({ ...options, schema: 'no/schema.ts' })).toMatchObject({
      exitCode: 64,
      errors: [{ code: 'inspect.no_schema' }],
    })
  })
})

it('collections that refer to each other in a circle are scaffolded without the circle', async () => {
  await withProject(async (project) => {
    const users = [1, 2, 3, 4].map((id) => ({ id, last_order_id: `o${id}` }))
    const orders = [1, 2, 3, 4].map((id) => ({ id: `o${id}`, user_id: id }))
    await writeFile(join(project, 'dump.json'), JSON.stringify({ users, orders }))
    const { collections } = await inspect({ cwd: project, files: ['dump.json'], scaffold: 'pipelines' })
    expect(collections.map(({ references }) => references.length)).toEqual([1, 1])
    expect(await check({ cwd: project, env: {} })).toMatchObject({ problems: [] })
    const { totals } = await run({ cwd: project, database: await sqlite(project), env: {} })
    expect(totals).toMatchObject({ inserted: 8, rejected: 0 })
  })
})

it('a key that leads to another collection, and not always, stays what it is', async () => {
  await withProject(async (project) => {
    const codes = Array.from({ length: 40 }, (_, index) => ({ code: `c${index}` }))
    await writeFile(join(project, 'all.json'), JSON.stringify(codes))
    await writeFile(join(project, 'some.json'), JSON.stringify([...codes.slice(0, 18), { code: 'x' }]))
    const { collections } = await inspect({
      cwd: project,
      files: ['all.json', 'some.json'],
      scaffold: 'pipelines',
    })
    expect(collections[1]?.references).toMatchObject([{ path: 'code', dangling: 1 }])
    expect(await readFile(join(project, 'pipelines/some.ts'), 'utf8')).toContain("code: 'code'")
  })
})

it('values arrive as they were, under names that SQL takes', async () => {
  await withProject(async (project) => {
    await writeFile(join(project, 'shop.json'), shopDocument)
    await inspect({ cwd: project, files: ['shop.json'], scaffold: 'pipelines' })
    const database = await postgres(project)
    await run({ cwd: project, database: database.url, env: {} })
    const [product] = await database.query(
      `select price, stock, class, my_field, "日本", a_b, "constructor", x_drop_table_products, active, big,
              released = '2019-03-04 00:00:00Z' as is_released, seen = '2020-01-01 00:00:03Z' as is_seen, dims
         from products where sku = 'SKU-103'`,
    )
    expect(product).toEqual({
      price: '3.90',
      stock: 3,
      class: 'C',
      my_field: 'x3',
      日本: '値3',
      a_b: 3,
      constructor: 'c3',
      x_drop_table_products: 3,
      active: true,
      big: '9007199254740993',
      is_released: true,
      is_seen: true,
      dims: { w: 3, h: 2 },
    })
    const [order] = await database.query(
      `select o.day::text, o.due = '2020-02-02Z' as is_due, o.mailed = '2020-01-02T10:00:00Z' as is_mailed,
              o.rebate, p.sku
         from orders o left join products p on p.id = o.product_id
        where o.placed = '2020-01-02T10:00:00Z' and o.total = '1.25'`,
    )
    expect(order).toEqual({
      day: '2020-02-02',
      is_due: true,
      is_mailed: true,
      rebate: false,
      sku: 'SKU-101',
    })
  })
})

it('what has no key is left to its reader, and said', async () => {
  await withProject(async (project) => {
    await writeFile(join(project, 'logs.json'), `[${'{"level": "info"},'.repeat(9)} {"level": "info"}]`)
    const options = { cwd: project, files: ['logs.json'], scaffold: 'pipelines' }
    const { scaffold, exitCode } = await inspect(options)
    expect({ exitCode, scaffold }).toEqual({
      exitCode: 0,
      scaffold: { files: [], notes: [expect.stringContaining('logs: no field')] },
    })
  })
})

async function newProject(): Promise<string> {
  await mkdir(scratch, { recursive: true })
  return mkdtemp(join(scratch, 'scaffold-'))
}

async function withProject(rule: (project: string) => Promise<void>): Promise<void> {
  const project = await newProject()
  try {
    await rule(project)
  } finally {
    await rm(project, { recursive: true, force: true })
  }
}

async function strictest(): Promise<object> {
  const { compilerOptions } = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8')) as {
    compilerOptions: object
  }
  return {
    compilerOptions: { ...compilerOptions, paths: { carryover: [join(root, 'src/index.ts')] } },
    include: ['pipelines'],
  }
}

function compile(project: string): Promise<string> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, '-p', project], (_error, stdout, stderr) => resolve(stdout + stderr))
  })
}

async function sqlite(project: string): Promise<string> {
  const database = `sqlite:${join(project, 'target.sqlite')}`
  expect(await migrate({ cwd: project, database, env: {} })).toMatchObject({ exitCode: 0, errors: [] })
  return database
}

/** A database with the tables that drizzle-kit makes of the schema. */
async function postgres(project: string): Promise<FreshDatabase> {
  const database = await freshDatabase()
  const tables = await openModuleLoader().load(join(project, 'pipelines/schema.ts'))
  const statements = await generateMigration(generateDrizzleJson({}), generateDrizzleJson({ ...tables }))
  for (const statement of statements) await database.query(statement)
  return database
}

function rejected({ pipelines }: RunReport): string[] {
  return pipelines
    .flatMap(({ name, rejects }) =>
      rejects.map(({ code, column }) => `${name}${column === undefined ? '' : `.${column}`} ${code}`),
    )
    .toSorted()
}

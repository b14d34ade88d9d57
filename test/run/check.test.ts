import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, test } from 'vitest'
import { check, run, type CheckReport, type Progress } from '../../src/index.js'
import { legacy } from '../behaviour/fixture-data.js'

// Inside the repository: what pipeline files import is found in its node_modules.
const scratch = fileURLToPath(new URL('../../.tmp', import.meta.url))
const fixture = fileURLToPath(new URL('../behaviour/fixture', import.meta.url))

let dir: string
beforeEach(async () => {
  await mkdir(scratch, { recursive: true })
  dir = await mkdtemp(join(scratch, 'check-'))
  await cp(fixture, dir, { recursive: true })
  await mkdir(join(dir, 'data'))
  for (const name of ['organizations', 'people', 'tickets']) await source(name, '[]')
  return () => rm(dir, { recursive: true, force: true })
})

const source = (name: string, text: string) => writeFile(join(dir, `data/${name}.json`), text)
const checked = (more: Parameters<typeof check>[0] = {}) => check({ cwd: dir, env: {}, ...more })
const pipelineOf = ({ pipelines }: CheckReport, wanted: string) =>
  pipelines.find(({ name }) => name === wanted)

/** People with something wrong far behind what a sample would see. */
const crowd = (last: object[]) =>
  JSON.stringify([...Array.from({ length: 5_000 }, (_, id) => ({ id, email: `${id}@example.org` })), ...last])

test('a check prints every policy, chosen or not', async () => {
  await writeFile(join(dir, 'carryover.config.ts'), `export default { policies: { atomic: 'run' } }`)
  expect(pipelineOf(await checked(), 'people')?.policies).toEqual({
    adopt: 'update',
    duplicates: 'reject',
    edited: 'keep',
    deleted: 'leave',
    missing: 'keep',
    atomic: 'run',
  })
  await writeFile(join(dir, 'carryover.config.ts'), `export default { policies: { atomic: 'batch' } }`)
  expect(await checked()).toMatchObject({ status: 'failed', exitCode: 1 })
})

describe('a check reads the whole source', () => {
  test('and counts what would be rejected before a database exists, with examples and their places', async () => {
    await source(
      'people',
      crowd([
        { id: 'bad' },
        { id: 7, email: 'again@example.org' },
        { id: 'late', joined: 'soon', email: 'x' },
      ]),
    )
    const people = pipelineOf(await checked(), 'people')
    expect(people).toMatchObject({ records: 5_003, skipped: 0, rejected: 3 })
    expect(
      people?.rejects.map(({ code, column, count, examples }) => [code, column, count, examples[0]?.key]),
    ).toEqual([
      ['duplicate_key', undefined, 1, '7'],
      ['invalid_record', 'email', 1, 'bad'],
      ['type', 'joined_at', 1, 'late'],
    ])
    for (const { examples } of people?.rejects ?? [])
      expect(examples[0]?.at).toMatch(/^data\/people\.json:1 \(byte \d{6}\)$/)
  })

  test('and finds where it breaks, also at its end', async () => {
    await source('people', crowd([{ id: 'last', email: 'x' }]).slice(0, -12))
    const report = await checked()
    expect(report).toMatchObject({ status: 'failed', exitCode: 1 })
    expect(report.problems).toEqual([
      expect.objectContaining({
        severity: 'error',
        code: 'source.truncated',
        pipeline: 'people',
        message: expect.stringMatching(/^data\/people\.json:1:\d{6} \(byte \d{6}\): the file ends/),
      }),
    ])
    expect(pipelineOf(report, 'people')?.records).toBe(5_000)
  })

  test('and tells how far it is', async () => {
    await source('people', crowd([]))
    const told: Progress[] = []
    await checked({ onProgress: (progress) => told.push(progress) })
    const last = told.findLast(({ pipeline }) => pipeline === 'people')
    expect(last).toMatchObject({ records: 5_000, count: 3, rejected: 0, fraction: 1 })
  })

  test('until it is told to stop', async () => {
    await source('people', crowd([]))
    const controller = new AbortController()
    const report = await checked({
      signal: controller.signal,
      onProgress: ({ pipeline }) => pipeline === 'people' && controller.abort(),
    })
    expect(report).toMatchObject({ status: 'failed', exitCode: 130, errors: [{ code: 'run.aborted' }] })
    expect(pipelineOf(report, 'tickets')).toBeUndefined()
  })
})

describe('the exit code of a check', () => {
  test('is 4, as that of the run, when more records would be rejected than a pipeline admits', async () => {
    for (const [name, records] of Object.entries(legacy)) await source(name, JSON.stringify(records))
    const report = await checked()
    expect(report).toMatchObject({ status: 'rejects', exitCode: 4, errors: [] })
    expect(report.problems.map(({ severity, code, pipeline }) => [severity, code, pipeline])).toEqual([
      ['warning', 'pipeline.rejects', 'people'],
    ])
  })

  test('is 0 when the pipeline admits them', async () => {
    for (const [name, records] of Object.entries(legacy)) await source(name, JSON.stringify(records))
    await writeFile(join(dir, 'carryover.config.ts'), `export default { limits: { rejects: 5 } }`)
    expect(await checked()).toMatchObject({ status: 'ok', exitCode: 0, problems: [] })
  })

  test('is 1 when a source is not there', async () => {
    await rm(join(dir, 'data/people.json'))
    expect(await checked()).toMatchObject({ exitCode: 1, problems: [{ code: 'source.not_found' }] })
  })
})

test('an enum that is declared twice and differently is told, and refused by a run', async () => {
  for (const [name, values] of Object.entries({ bills: `'open'`, orders: `'open', 'paid'` })) {
    await writeFile(
      join(dir, `pipelines/${name}.ts`),
      `import { definePipeline, legacyEnum } from 'carryover'
       import { integer, pgTable, text } from 'drizzle-orm/pg-core'
       import { z } from 'zod'
       const State = legacyEnum('state', [${values}])
       export default definePipeline({
         name: '${name}',
         source: { files: '../data/tickets.json' },
         record: z.object({ id: z.number(), state: z.string() }),
         key: 'id',
         target: pgTable('${name}', { id: integer('id').primaryKey(), state: State.column('state') }),
         columns: { id: 'id', state: State.from('state') },
       })`,
    )
  }
  const report = await checked()
  expect(report).toMatchObject({
    exitCode: 1,
    problems: [{ code: 'pipeline.enum_twice', pipeline: 'orders' }],
  })
  const refused = await run({ cwd: dir, env: {}, database: 'sqlite::memory:', only: ['tickets'] })
  expect(refused.errors.map(({ code }) => code)).toEqual(['pipeline.enum_twice'])
})

test('a mapping that depends on the clock is told, and does not hide the rejects', async () => {
  await writeFile(
    join(dir, 'pipelines/organizations.ts'),
    `import { definePipeline, uuidFrom } from 'carryover'
     import { z } from 'zod'
     import { organizations } from '../schema.js'
     let calls = 0
     export default definePipeline({
       name: 'organizations',
       source: { files: '../data/organizations.json' },
       record: z.object({ id: z.number(), slug: z.string() }),
       key: 'id',
       target: organizations,
       columns: { id: uuidFrom('id'), slug: 'slug', name: () => String(calls++) },
     })`,
  )
  await source('organizations', JSON.stringify([{ id: 1, slug: 'a' }, { id: 2 }]))
  const report = await checked()
  expect(report.exitCode).toBe(1)
  expect(report.problems.map(({ code }) => code)).toEqual(['pipeline.impure', 'pipeline.rejects'])
  expect(pipelineOf(report, 'organizations')).toMatchObject({ records: 2, rejected: 1 })
})

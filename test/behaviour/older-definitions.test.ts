import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunOptions } from '../../src/index.js'
import { legacy } from './fixture-data.js'
import { promise, type Ground } from './ground.js'

promise('definitions that had successors are refused', (ground) => {
  test('a rollback is refused with exit code 5 and writes nothing', async () => {
    await fill(ground)
    await define(ground, 'A')
    await ground.run(of('d-1'))
    await define(ground, 'B')
    await ground.run(of('d-2'))
    const before = await everythingIn(ground)
    await define(ground, 'A')
    const report = await ground.run(of('d-1'))
    expect(report).toMatchObject({ status: 'stale', exitCode: 5, runId: null, pipelines: [] })
    expect(report.errors.map(({ code }) => code)).toEqual(['run.older_definitions'])
    expect(report.errors[0]?.message).toMatch(
      /^The definitions of organizations are those of run 1 \(.* UTC, deployment d-1, commit of-d-1\); run 2 \(.* UTC, deployment d-2, /,
    )
    expect(report.errors[0]?.hint).toMatch(/--allow-older/)
    expect(await everythingIn(ground)).toEqual(before)
  })

  test('with allowOlder they run, and are then the last ones', async () => {
    await fill(ground)
    for (const version of ['A', 'B']) await runAs(ground, version)
    expect(await runAs(ground, 'A', { allowOlder: true })).toBe('ok')
    expect(await ground.query('select distinct name from organizations')).toEqual([{ name: 'A' }])
    expect(await runAs(ground, 'A')).toBe('ok')
    expect(await runAs(ground, 'B')).toBe('stale')
  })

  test('a plan says so, and goes on', async () => {
    await fill(ground)
    for (const version of ['A', 'B']) await runAs(ground, version)
    await define(ground, 'A')
    const planned = await ground.plan({ only: ['organizations'] })
    expect(planned).toMatchObject({ status: 'ok', exitCode: 0, totals: { updated: 2 } })
    expect(planned.errors.map(({ code }) => code)).toEqual(['run.older_definitions'])
    expect((await ground.plan({ only: ['organizations'], allowOlder: true })).errors).toEqual([])
  })

  test.each([
    ['the same again', ['A', 'A']],
    ['ever newer ones', ['A', 'B', 'C']],
    ['the same after many reruns', ['A', 'B', 'B', 'B', 'B']],
  ])('%s run', async (_, versions) => {
    await fill(ground)
    for (const version of versions) expect(await runAs(ground, version)).toBe('ok')
  })

  test('a comment is a change of the definition', async () => {
    await fill(ground)
    await runAs(ground, 'A')
    await runAs(ground, 'A', {}, '// says nothing')
    expect(await runAs(ground, 'A')).toBe('stale')
  })

  test('what a pipeline imports counts, and what it does not import does not', async () => {
    await fill(ground)
    await ground.file('pipelines/names.ts', `export const nameOf = () => 'A'`)
    const importing = `import { nameOf } from './names.js'`
    expect(await runAs(ground, 'A', {}, importing)).toBe('ok')
    await ground.file('pipelines/names.ts', `export const nameOf = () => 'B'`)
    expect(await runAs(ground, 'A', {}, importing)).toBe('ok')
    await ground.file('notes.ts', `export const unused = 1`)
    expect(await runAs(ground, 'A', {}, importing)).toBe('ok')
    await ground.file('pipelines/names.ts', `export const nameOf = () => 'A'`)
    expect(await runAs(ground, 'A', {}, importing)).toBe('stale')
  })

  test('each pipeline is judged by its own runs', async () => {
    await fill(ground)
    await runAs(ground, 'A', { only: ['people'] })
    await runAs(ground, 'B', { only: ['organizations'] })
    // The people need the organizations: both are older.
    expect(await runAs(ground, 'A', { only: ['people'] })).toBe('stale')
    await runAs(ground, 'C', { only: ['people'] })
    expect(await runAs(ground, 'C', { only: ['organizations'] })).toBe('ok')
  })

  test('pipelines that are looked for elsewhere are another project', async () => {
    await fill(ground)
    await define(ground, 'A')
    const others = { pipelines: ['pipelines/organizations.ts'] }
    for (const options of [{}, others, {}, others])
      expect(await ground.run({ ...options, only: ['organizations'] })).toMatchObject({ status: 'ok' })
  })

  test('a run that failed before it wrote anything does not count', async () => {
    await fill(ground)
    await runAs(ground, 'A')
    await define(ground, 'B', { match: `[['name']]` })
    expect(await ground.run({ only: ['organizations'] })).toMatchObject({ status: 'failed', runId: 2 })
    expect(await runAs(ground, 'A')).toBe('ok')
  })

  test('a run that died after it wrote counts', async () => {
    await fill(ground)
    await runAs(ground, 'A')
    await runAs(ground, 'B')
    await ground.query(
      `update ${ground.ledger('runs')} set status = 'running', exit_code = null, finished_at = null where id = 2`,
    )
    expect(await runAs(ground, 'A')).toBe('stale')
    await ground.query(`update ${ground.ledger('runs')} set undone_by = 3 where id = 2`)
    expect(await runAs(ground, 'A')).toBe('ok')
  })

  test('a changed lock file alone makes no definition older', async () => {
    await fill(ground)
    for (const packages of ['1', '2', '1']) {
      await ground.file('package-lock.json', packages)
      expect(await runAs(ground, 'A')).toBe('ok')
    }
    const kept = await ground.query(`select definitions from ${ground.ledger('runs')} order by id`)
    const hashes = kept.map(
      (row) => (JSON.parse(row['definitions'] as string) as { packages: string }).packages,
    )
    expect(hashes[0]).toBe(hashes[2])
    expect(hashes[0]).not.toBe(hashes[1])
  })
})

async function fill(ground: Ground): Promise<void> {
  await ground.source('organizations', legacy.organizations.slice(0, 2))
}

/** Writes a version of the organizations' pipeline that names all of them alike. */
async function define(
  ground: Ground,
  name: string,
  more: { head?: string; match?: string } = {},
): Promise<void> {
  const path = 'pipelines/organizations.ts'
  const text = await readFile(join(import.meta.dirname, 'fixture', path), 'utf8')
  const { head = '', match = `'every-unique'` } = more
  const named = text.replace("name: 'name' },", `name: () => '${name}' },\n  match: ${match},`)
  await ground.file(path, `${head}\n${named}`)
}

async function runAs(ground: Ground, name: string, options: RunOptions = {}, head = ''): Promise<string> {
  await define(ground, name, { head })
  return (await ground.run({ only: ['organizations'], ...options })).status
}

function of(deployment: string): RunOptions {
  const env = { RAILWAY_DEPLOYMENT_ID: deployment, RAILWAY_GIT_COMMIT_SHA: `of-${deployment}` }
  return { env, only: ['organizations'] }
}

/** Every row of the target and of the ledger's runs. */
async function everythingIn(ground: Ground): Promise<unknown> {
  const tables = ['organizations', 'people', 'tickets', ...['runs', 'records'].map(ground.ledger)]
  return Promise.all(tables.map((table) => ground.query(`select * from ${table} order by 1, 2`)))
}

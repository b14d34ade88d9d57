import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { check } from '../../src/index.js'
import { everything } from './everything.js'
import { addPipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'

const words = (source: string, limits = '{}', name = 'words') => `
export const ${name} = pg.pgTable('${name}', { id: pg.text('id').primaryKey(), body: pg.text('body').unique() })
export default definePipeline({
  name: '${name}',
  source: ${source},
  record: z.object({ id: z.string(), body: z.string().nullish() }),
  key: 'id',
  target: ${name},
  columns: { id: 'id', body: 'body' },
  limits: ${limits},
})
`
const ddl = (name = 'words') => `create table ${name} (id text primary key, body text unique)`
const addWords = (ground: Ground, limits?: string) =>
  addPipeline(ground, 'words', words(`{ files: '../data/words.json' }`, limits), ddl())

const stored = async (ground: Ground) =>
  (await ground.query('select id, body from words order by id')).map(
    ({ id, body }) => `${String(id)} ${String(body)}`,
  )
const broken = (...records: object[]) => `${JSON.stringify(records).slice(0, -1)}, {"id": "cut of`

promise('nothing of a broken source is applied', (ground) => {
  test('a run that meets one writes nothing, not even of the pipelines before it', async () => {
    await addWords(ground)
    await ground.source('organizations', [{ id: 1, slug: 'a', name: 'A' }])
    await ground.file('data/words.json', broken({ id: 'a' }))
    const before = await everything(ground)
    const report = await ground.run()
    expect(report).toMatchObject({ status: 'failed', exitCode: 1, runId: null, pipelines: [] })
    expect(report.errors).toEqual([
      {
        code: 'source.truncated',
        message: 'data/words.json:1:28 (byte 27): the file ends in the middle of the JSON text',
        hint: expect.any(String),
      },
    ])
    expect(await everything(ground)).toEqual(before)
  })

  test('plan and verify end with the same error', async () => {
    await addWords(ground)
    await ground.run()
    await ground.file('data/words.json', broken())
    const run = await ground.run()
    for (const report of [await ground.plan(), await ground.verify()])
      expect(report).toMatchObject({ status: 'failed', exitCode: 1, pipelines: [], errors: run.errors })
    expect(run.errors).toHaveLength(1)
  })

  test('every broken source is told, each once', async () => {
    await addWords(ground)
    await addPipeline(ground, 'again', words(`{ files: '../data/words.json' }`, '{}', 'again'), ddl('again'))
    await addPipeline(ground, 'gone', words(`{ files: '../data/nowhere.json' }`, '{}', 'gone'), ddl('gone'))
    await addPipeline(
      ground,
      'aside',
      words(`{ files: '../data/aside.json', at: 'x' }`, '{}', 'aside'),
      ddl('aside'),
    )
    await ground.file('data/words.json', '[1, oops]')
    await ground.file('data/organizations.json', '{"a": }')
    const { errors } = await ground.run()
    expect(errors.map(({ code }) => code).toSorted()).toEqual([
      'source.at_invalid',
      'source.not_found',
      'source.syntax',
      'source.syntax',
    ])
  })

  test('a source of a pipeline that is not asked for may be broken', async () => {
    await addWords(ground)
    await ground.file('data/words.json', broken())
    expect(await ground.run({ only: ['organizations'] })).toMatchObject({ status: 'ok', exitCode: 0 })
  })

  test('a file that changes while another pipeline runs is an error, and nothing of it is applied', async () => {
    await addWords(ground)
    await ground.source('words', [{ id: 'a' }])
    const source = `async function* () {
      const { appendFileSync } = await import('node:fs')
      appendFileSync(${JSON.stringify(join(ground.dir, 'data/words.json'))}, ' ')
      yield { id: 'x' }
    }`
    await addPipeline(ground, 'earlier', words(source, '{}', 'earlier'), ddl('earlier'))
    const report = await ground.run({ only: ['earlier', 'words'] })
    expect(report).toMatchObject({ status: 'failed', exitCode: 1, errors: [{ code: 'source.changed' }] })
    expect(report.pipelines.map(({ name }) => name)).toEqual(['earlier'])
    expect(await stored(ground)).toEqual([])
  })

  test('what a function gave before it failed stays', async () => {
    const source = `async function* () { yield { id: 'a' }; throw new Error('no more') }`
    await addPipeline(ground, 'words', words(source), ddl())
    const report = await ground.run({ only: ['words'], batch: 1 })
    expect(report).toMatchObject({ status: 'failed', exitCode: 1 })
    expect(report.errors.map(({ code }) => code)).toEqual(['source.function_failed'])
    expect(await stored(ground)).toEqual(['a null'])
  })
})

promise('a broken source is applied up to the error where that is chosen', (ground) => {
  test('its records land, the other pipelines go on, and the run has failed all the same', async () => {
    await addWords(ground, `{ truncated: 'apply' }`)
    await ground.source('tickets', [])
    await ground.source('organizations', [{ id: 1, slug: 'a', name: 'A' }])
    await ground.file('data/words.json', broken({ id: 'a', body: 'A' }, { id: 'b', body: 'B' }))
    const plan = await ground.plan()
    const report = await ground.run()
    for (const { status, exitCode, totals, errors, pipelines } of [plan, report]) {
      expect({ status, exitCode, inserted: totals.inserted }).toEqual({
        status: 'failed',
        exitCode: 1,
        inserted: 3,
      })
      expect(errors.map(({ code }) => code)).toEqual(['source.truncated'])
      expect(pipelines.every(({ verification }) => verification.ok)).toBe(true)
    }
    expect(await stored(ground)).toEqual(['a A', 'b B'])
    const verified = await ground.verify({ only: ['words'] })
    expect(verified).toMatchObject({ status: 'failed', exitCode: 1, totals: { unchanged: 2 } })
    expect(verified.pipelines[0]?.verification.ok).toBe(true)
    const rerun = await ground.run({ only: ['words'] })
    expect(rerun).toMatchObject({ status: 'failed', exitCode: 1, totals: { unchanged: 2, inserted: 0 } })
  })

  test('a row whose record may stand behind the error keeps its owner', async () => {
    await addWords(ground, `{ truncated: 'apply', rejects: 9 }`)
    await ground.source('words', [
      { id: 'new', body: 'N' },
      { id: 'old', body: 'O' },
    ])
    await ground.run({ only: ['words'] })
    await ground.file('data/words.json', broken({ id: 'other', body: 'O' }))
    const report = await ground.run({ only: ['words'] })
    expect(report).toMatchObject({
      status: 'failed',
      exitCode: 1,
      totals: { rejected: 1, updated: 0, inserted: 0 },
    })
    expect(report.pipelines[0]?.rejects.map(({ code }) => code)).toEqual(['duplicate'])
    expect(await stored(ground)).toEqual(['new N', 'old O'])
  })

  test('a reject of an earlier run that may stand behind the error stays open', async () => {
    await addWords(ground, `{ truncated: 'apply', rejects: 9 }`)
    await ground.source('words', [{ id: 'a' }, { id: 'bad', body: 7 }])
    await ground.run({ only: ['words'] })
    await ground.file('data/words.json', broken({ id: 'a' }))
    await ground.run({ only: ['words'] })
    const open = `select count(*) as count from ${ground.ledger('rejects')} where closed_run_id is null`
    expect(Number((await ground.query(open))[0]?.['count'])).toBe(1)
    await ground.source('words', [{ id: 'a' }])
    await ground.run({ only: ['words'] })
    expect(Number((await ground.query(open))[0]?.['count'])).toBe(0)
  })

  test('a file that is not there is refused all the same', async () => {
    await addPipeline(
      ground,
      'words',
      words(`{ files: '../data/nowhere.json' }`, `{ truncated: 'apply' }`),
      ddl(),
    )
    expect(await ground.run()).toMatchObject({
      status: 'failed',
      pipelines: [],
      errors: [{ code: 'source.not_found' }],
    })
  })

  test('the configuration may choose it for all', async () => {
    await addWords(ground)
    await ground.file('carryover.config.ts', `export default { limits: { truncated: 'apply' } }`)
    await ground.file('data/words.json', broken({ id: 'a' }))
    expect(await ground.run()).toMatchObject({ status: 'failed', totals: { inserted: 1 } })
  })
})

promise('a record may be as large as its pipeline says', (ground) => {
  test('beyond limits.recordBytes the source is refused', async () => {
    await addWords(ground, '{ recordBytes: 50 }')
    await ground.source('words', [{ id: 'a', body: 'x'.repeat(30) }])
    expect(await ground.run({ only: ['words'] })).toMatchObject({ status: 'ok', totals: { inserted: 1 } })
    await ground.source('words', [{ id: 'a', body: 'x'.repeat(31) }])
    const report = await ground.run({ only: ['words'] })
    expect(report.errors).toMatchObject([{ code: 'source.element_too_large' }])
    expect(report.errors[0]?.message).toContain('larger than 50 bytes')
    expect(report.errors[0]?.hint).toContain('limits.recordBytes')
    const { problems } = await check({ cwd: ground.dir, env: {} })
    expect(problems.map(({ code }) => code)).toEqual(['source.element_too_large'])
  })
})

promise('a source may be standard input', (ground) => {
  const both = async () => {
    await addPipeline(ground, 'words', words(`{ files: '-', at: '/words' }`), ddl())
    await addPipeline(ground, 'more', words(`{ files: '-', at: '/more' }`, '{}', 'more'), ddl('more'))
  }
  const input = (document: unknown) => Readable.from([Buffer.from(JSON.stringify(document))])
  const document = { words: [{ id: 'a' }], more: [{ id: 'b' }, { id: 'c' }] }

  test('of several pipelines, and of every command that reads sources', async () => {
    await both()
    const only = ['words', 'more']
    for (const totals of [{ inserted: 3 }, { unchanged: 3 }])
      expect(await ground.run({ only, stdin: input(document) })).toMatchObject({ status: 'ok', totals })
    expect(await ground.plan({ only, stdin: input(document) })).toMatchObject({
      status: 'ok',
      totals: { unchanged: 3 },
    })
    const verified = await ground.verify({ only, stdin: input(document) })
    expect(verified).toMatchObject({ status: 'ok', totals: { unchanged: 3 } })
    expect(verified.pipelines[0]?.source.files).toMatchObject([{ path: 'stdin' }])
  })

  test('without one, the definition cannot be run, and check asks for none', async () => {
    await both()
    expect(await ground.run()).toMatchObject({
      status: 'failed',
      exitCode: 1,
      errors: [{ code: 'source.no_stdin' }],
    })
    expect(await check({ cwd: ground.dir, env: {} })).toMatchObject({ status: 'ok', problems: [] })
  })

  test('a terminal is a wrong use of the command', async () => {
    await both()
    const terminal = Object.assign(input([]), { isTTY: true })
    expect(await ground.run({ stdin: terminal })).toMatchObject({
      status: 'failed',
      exitCode: 64,
      errors: [{ code: 'usage.stdin_terminal' }],
    })
    expect(await ground.run({ only: ['organizations'], stdin: terminal })).toMatchObject({ status: 'ok' })
  })
})

import { expect, test } from 'vitest'
import { addPipeline } from './extra-pipeline.js'
import { layGround, promise } from './ground.js'
import { killedRun } from './killed-run.js'

const words = (source: string, more = '') => `
export const words = pg.pgTable('words', { id: pg.text('id').primaryKey() })
export default definePipeline({
  name: 'words',
  source: ${source},
  record: z.object({ id: z.string() }),
  key: 'id',
  target: words,
  columns: { id: 'id' },
  ${more}
})
`
const ddl = 'create table words (id text primary key)'
const fifty = Array.from({ length: 50 }, (_, index) => ({ id: `w${index}` }))

promise('an atomic pipeline or run that does not come to its end', (ground) => {
  test.each(['pipeline', 'run'] as const)(
    'leaves nothing of the %s when its source breaks',
    async (atomic) => {
      await addPipeline(
        ground,
        'words',
        words(
          `async function* () { for (const id of 'abc') yield { id }; yield {}; throw new Error('gone') }`,
        ),
        ddl,
      )
      await ground.source('organizations', [{ id: 1, slug: 'one', name: 'One' }])
      const options = { policies: { atomic }, batch: 1 }
      const report = await ground.run(options)
      expect(report).toMatchObject({ status: 'failed', exitCode: 1 })
      expect(await ground.query('select * from words')).toEqual([])
      const before = atomic === 'run' ? 0 : 1
      expect(await ground.query('select * from organizations')).toHaveLength(before)
      expect(await ground.query(`select * from ${ground.ledger('records')}`)).toHaveLength(before)
      expect(await ground.query(`select code from ${ground.ledger('rejects')}`)).toEqual([
        { code: 'invalid_record' },
      ])
    },
  )

  test.each(['pipeline', 'run'] as const)('leaves nothing of the %s when it is stopped', async (atomic) => {
    await addPipeline(ground, 'words', words(`{ files: '../data/words.json' }`), ddl)
    await ground.source('words', fifty)
    const stop = new AbortController()
    const report = await ground.run({
      policies: { atomic },
      batch: 5,
      signal: stop.signal,
      onProgress: ({ pipeline, records }) => {
        if (pipeline === 'words' && records >= 20) stop.abort()
      },
    })
    expect(report).toMatchObject({ status: 'failed', exitCode: 130 })
    expect(await ground.query('select * from words')).toEqual([])
    expect(await ground.query(`select * from ${ground.ledger('records')}`)).toEqual([])
    expect(await ground.run({ policies: { atomic } })).toMatchObject({
      status: 'ok',
      totals: { inserted: 50 },
    })
  })

  // The process compiles the library for itself, which takes its time on a machine that is shared.
  test('leaves nothing of the run when it is killed', { timeout: 240_000 }, async () => {
    await addPipeline(ground, 'words', words(`{ files: '../data/words.json' }`), ddl)
    await ground.source('words', fifty)
    await ground.run({ only: ['organizations'] })
    const { dir: cwd, url: database } = ground
    const options = { cwd, database, batch: 5, policies: { atomic: 'run' as const } }
    expect(await killedRun(options, { pipeline: 'words', records: 20 })).toBe('SIGKILL')
    expect(await ground.query('select * from words')).toEqual([])
    expect(await ground.query(`select * from ${ground.ledger('records')}`)).toEqual([])
    expect(await ground.run(options)).toMatchObject({ status: 'ok', totals: { inserted: 50 } })
  })

  test('applies what stands before the break where a truncated source is to be applied', async () => {
    await addPipeline(
      ground,
      'words',
      words(`{ files: '../data/words.json' }`, `limits: { truncated: 'apply' },`),
      ddl,
    )
    await ground.file('data/words.json', `[{"id": "a"}, {"id": "b"}, {"id"`)
    const report = await ground.run({ policies: { atomic: 'run' } })
    expect(report).toMatchObject({ status: 'failed', exitCode: 1, errors: [{ code: 'source.truncated' }] })
    expect(await ground.query('select * from words')).toHaveLength(2)
  })
})

test('an atomic run whose connection is lost says so, and leaves nothing', async () => {
  const ground = await layGround('postgres')
  await addPipeline(ground, 'words', words(`{ files: '../data/words.json' }`), ddl)
  await ground.source('words', fifty)
  let lost: Promise<unknown> | undefined
  const report = await ground.run({
    policies: { atomic: 'run' },
    batch: 5,
    onProgress: ({ records }) => {
      if (records < 20) return
      lost ??= ground.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      )
    },
  })
  await lost
  expect(report).toMatchObject({ status: 'failed', exitCode: 1, errors: [{ code: 'run.atomic_lost' }] })
  expect(await ground.query('select * from words')).toEqual([])
  expect(await ground.query('select * from carryover.records')).toEqual([])
})

import { expect, test } from 'vitest'
import { check } from '../../src/index.js'
import { addPipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'

const pipeline = (environments: string) => `
const demos = pg.pgTable('demos', { id: pg.integer().primaryKey() })
export default definePipeline({
  name: 'demos', source: { files: '../data/demos.json' }, record: z.object({ id: z.number() }), key: 'id',
  target: demos, columns: { id: 'id' }, environments: ${environments},
})`

async function layDemos(ground: Ground): Promise<void> {
  const ddl = 'create table demos (id integer primary key)'
  await addPipeline(ground, 'demos', pipeline(`['development', 'test']`), ddl)
  await ground.source('demos', [{ id: 1 }])
}

const demos = (ground: Ground) => ground.query('select * from demos')
const refused = { status: 'failed', exitCode: 1, errors: [{ code: 'pipeline.environment' }] }

promise('a pipeline that names its environments', (ground) => {
  test.each([
    ['CARRYOVER_ENVIRONMENT', { CARRYOVER_ENVIRONMENT: 'test', NODE_ENV: 'production' }],
    ['the platform', { RAILWAY_ENVIRONMENT_NAME: 'development', NODE_ENV: 'production' }],
    ['NODE_ENV', { NODE_ENV: 'test', CARRYOVER_ENVIRONMENT: ' ' }],
  ])('runs in one of them, as %s says', async (_, env) => {
    await layDemos(ground)
    expect(await ground.run({ env })).toMatchObject({ exitCode: 0 })
    expect(await demos(ground)).toEqual([{ id: 1 }])
  })

  test('is refused elsewhere, planned or run, and nothing of the others is written either', async () => {
    await layDemos(ground)
    await ground.source('tickets', [{ id: 10, title: 'a' }])
    const env = { NODE_ENV: 'production' }
    expect(await ground.plan({ env })).toMatchObject(refused)
    const report = await ground.run({ env })
    expect(report).toMatchObject(refused)
    expect(report.errors[0]?.message).toBe(
      'The pipeline demos is for development, test alone, and this is production.',
    )
    expect(await demos(ground)).toEqual([])
    expect(await ground.query('select * from tickets')).toEqual([])
  })

  test('is refused where nobody says what the environment is', async () => {
    await layDemos(ground)
    const { errors } = await ground.run()
    expect(errors[0]).toMatchObject({
      code: 'pipeline.environment',
      hint: expect.stringContaining('CARRYOVER_ENVIRONMENT'),
    })
  })

  test('keeps no other pipeline from running that is asked for by its name', async () => {
    await layDemos(ground)
    await ground.source('tickets', [{ id: 10, title: 'a' }])
    const report = await ground.run({ only: ['tickets'], env: { NODE_ENV: 'production' } })
    expect(report).toMatchObject({ exitCode: 0, totals: { inserted: 1 } })
  })

  test('is told by a check, which runs everywhere, and names at least one', async () => {
    await layDemos(ground)
    const { pipelines } = await check(ground.options)
    expect(pipelines.find(({ name }) => name === 'demos')?.environments).toEqual(['development', 'test'])
    await ground.file(
      'pipelines/demos.ts',
      (await ground.read('pipelines/demos.ts')).replace(/\['dev.*?\]/, '[]'),
    )
    expect((await check(ground.options)).problems).toMatchObject([{ code: 'pipeline.environments' }])
  })
})

import { expect, test } from 'vitest'
import { addPipeline } from './extra-pipeline.js'
import { promise } from './ground.js'

promise('books are kept in columns that can hold them', (ground) => {
  test('a version that is no integer is refused before anything is written', async () => {
    await ground.file('carryover.config.ts', `export default { bookkeeping: { version: 'version' } }`)
    await addPipeline(
      ground,
      'shops',
      `export const shops = pg.pgTable('shops', { id: pg.integer('id').primaryKey(), version: pg.text('version') })
export default definePipeline({
  name: 'shops',
  source: { files: '../data/shops.json' },
  record: z.object({ id: z.number() }),
  key: 'id',
  target: shops,
  columns: { id: 'id' },
})`,
      'create table shops (id integer primary key, version text)',
    )
    await ground.source('shops', [{ id: 1 }])
    const report = await ground.run({ only: ['shops'] })
    expect(report).toMatchObject({ exitCode: 1, errors: [{ code: 'target.version_type' }] })
    expect(await ground.query('select * from shops')).toEqual([])
  })
})

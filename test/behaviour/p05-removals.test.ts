import { expect, test } from 'vitest'
import type { RunReport } from '../../src/index.js'
import { comparable } from './comparable.js'
import { addPipeline, writePipeline } from './extra-pipeline.js'
import { promise } from './ground.js'

const shops = (name: string, more = '') => `
export const shops = pg.pgTable('shops', {
  id: pg.integer('id').primaryKey(),
  title: pg.text('title'),
  note: pg.text('note').default('none'),
  version: pg.integer('version'),
  updatedAt: pg.timestamp('updated_at', { withTimezone: true }),
  deletedAt: pg.timestamp('deleted_at', { withTimezone: true }),
})
export default definePipeline({
  name: '${name}',
  source: { files: '../data/${name}.json' },
  record: z.object({ id: z.number(), title: z.string() }),
  key: 'id',
  target: shops,
  columns: { id: 'id', title: 'title' },
  ${more}
})
`
const ddl = `create table shops (id integer primary key, title text, note text default 'none', version integer,
  updated_at timestamptz, deleted_at timestamptz)`

promise('a row that somebody edited is not removed with its record', (ground) => {
  const lay = (more = `policies: { missing: 'delete' }, limits: { removals: '100%' },`) =>
    addPipeline(ground, 'shops', shops('shops', more), ddl)
  const keepBooks = () =>
    ground.file(
      'carryover.config.ts',
      `export default { bookkeeping: { updatedAt: 'updatedAt', version: 'version', deletedAt: 'deletedAt' } }`,
    )
  /** Runs with shops of these numbers; every run's plan says the same. */
  const runWith = async (...ids: number[]): Promise<RunReport> => {
    await ground.source(
      'shops',
      ids.map((id) => ({ id, title: `S${id}` })),
    )
    const plan = await ground.plan({ only: ['shops'] })
    const report = await ground.run({ only: ['shops'] })
    expect(comparable(plan)).toEqual(comparable(report))
    return report
  }
  const ids = async () => (await ground.query('select id from shops order by id')).map(({ id }) => id)

  test('nor one in which somebody filled a column that no pipeline gives', async () => {
    await lay()
    await runWith(1, 2, 3)
    await ground.query(`update shops set note = 'by hand' where id = 2`)
    expect((await runWith(1)).totals).toMatchObject({ removed: 1 })
    expect(await ids()).toEqual([1, 2])
  })

  test('nor one that was there before and was left as it was', async () => {
    await lay(`policies: { missing: 'delete', adopt: 'keep' }, limits: { removals: '100%' },`)
    await ground.query(`insert into shops (id, title) values (2, 'of somebody')`)
    await runWith(1, 2, 3)
    expect((await runWith(1)).totals).toMatchObject({ removed: 1 })
    expect(await ids()).toEqual([1, 2])
  })

  test.each(['delete', 'soft-delete'])(
    'and rows that stay for that do not count among those that %s may remove',
    async (missing) => {
      await keepBooks()
      await lay(`policies: { missing: '${missing}' },`)
      await runWith(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
      await ground.query(
        missing === 'delete'
          ? `update shops set note = 'by hand' where id in (10, 11)`
          : `update shops set deleted_at = '2026-01-02T00:00:00Z' where id in (10, 11)`,
      )
      const kept = await runWith(1, 2, 3, 4, 5, 6, 7, 8, 9, 12)
      expect(kept).toMatchObject({ exitCode: 0, totals: { removed: 0 } })
      expect(await runWith(1, 2, 3, 4, 5, 6, 7, 8, 9)).toMatchObject({ exitCode: 0, totals: { removed: 1 } })
      expect((await runWith(1, 2, 3, 4, 5, 6)).errors).toMatchObject([{ code: 'run.removals' }])
    },
  )

  test('and what the books say of another pipeline’s change is no edit', async () => {
    await keepBooks()
    await lay()
    await writePipeline(
      ground,
      'notes',
      `import { shops } from './shops.js'
export default definePipeline({
  name: 'notes',
  source: { files: '../data/notes.json' },
  record: z.object({ id: z.number(), note: z.string() }),
  key: 'id',
  target: shops,
  columns: { id: 'id', note: 'note' },
  policies: { missing: 'delete' },
  limits: { removals: '100%' },
})`,
    )
    await ground.source(
      'shops',
      [1, 2].map((id) => ({ id, title: `S${id}` })),
    )
    await ground.source('notes', [
      { id: 1, note: 'a' },
      { id: 2, note: 'b' },
    ])
    const both = { only: ['shops', 'notes'] }
    await ground.run(both)
    await ground.source('shops', [{ id: 1, title: 'S1' }])
    await ground.source('notes', [{ id: 1, note: 'a' }])
    expect(await ground.run(both)).toMatchObject({ exitCode: 0 })
    await ground.run(both)
    expect(await ids()).toEqual([1])
  })
})

import { expect, test } from 'vitest'
import type { PipelineReport, RunReport } from '../../src/index.js'
import { comparable } from './comparable.js'
import { writePipeline } from './extra-pipeline.js'
import { promise } from './ground.js'
import { layShops, type Shop } from './undo-ground.js'

promise('a plan counts what is removed as the run does', (ground) => {
  const both = { only: ['shops', 'clerks'] }
  const lay = (more = '') =>
    layShops(ground, `policies: { missing: 'delete'${more} }, limits: { removals: '100%', rejects: 9 },`)
  const shop = (id: number, more: Partial<Shop> = {}): Shop => ({ id, slug: `s${id}`, ...more })
  const clerk = (badge: number, shopId: number | null) => ({ id: `c${badge}`, badge, shop: shopId })
  /** Runs these exports as they were planned; answers what came of the shops. */
  const runWith = async (
    shops: Shop[],
    clerks: object[] = [clerk(0, null)],
  ): Promise<Pick<PipelineReport, 'outcomes' | 'rows'> | undefined> => {
    await ground.source('shops', shops)
    await ground.source('clerks', clerks)
    const plan = await ground.plan(both)
    const report = await ground.run(both)
    expect(report.errors).toEqual([])
    expect(comparable(plan)).toEqual(comparable(report))
    return shopsOf(report)
  }
  const shopsOf = (report: RunReport) => report.pipelines.find(({ name }) => name === 'shops')

  test('a row that the plan itself lets go of goes', async () => {
    await lay()
    await runWith([shop(1, { head: 2 }), shop(2), shop(3, { head: 4 }), shop(4)])
    const report = await runWith([shop(1), shop(3, { head: 1 })])
    expect(report?.outcomes).toMatchObject({ updated: 2, removed: 2 })
    expect(report?.rows).toEqual({ inserted: 0, updated: 2, deleted: 2 })
  })

  test('a row goes when all rows of another pipeline let go of it, and stays for one that does not', async () => {
    await lay()
    await runWith([shop(1), shop(2), shop(3)], [clerk(1, 1), clerk(2, 1), clerk(3, 2), clerk(4, 2)])
    const report = await runWith([shop(3)], [clerk(1, 3), clerk(2, null), clerk(3, 3), clerk(4, 2)])
    expect(report?.outcomes).toMatchObject({ unchanged: 1, removed: 1 })
    expect(await ground.query('select id from shops order by id')).toEqual([{ id: 2 }, { id: 3 }])
  })

  test('a row that the plan makes another one point at stays', async () => {
    await lay()
    await runWith([shop(1), shop(2), shop(3)])
    expect((await runWith([shop(3, { head: 1 })]))?.outcomes).toMatchObject({ updated: 1, removed: 1 })
    expect(await ground.query('select id from shops order by id')).toEqual([{ id: 1 }, { id: 3 }])
  })

  test('rows that were to be children of a record which loses its row go again', async () => {
    await lay(`, duplicates: 'last'`)
    const doors = (...sides: string[]) => sides.map((side) => ({ side, width: 1 }))
    const first = await runWith([
      shop(1, { slug: 'a', doors: doors('north', 'south') }),
      shop(2, { slug: 'a', doors: doors('west') }),
    ])
    expect(first?.rows.deleted).toBe(2)
    const second = await runWith([
      shop(1, { slug: 'b', doors: doors('north') }),
      shop(2, { slug: 'a', doors: doors('west') }),
      shop(3, { slug: 'a', doors: doors('west', 'east') }),
    ])
    expect(second?.outcomes).toMatchObject({ duplicate: 2 })
  })

  test('a row that two pipelines own goes when both let go of it', async () => {
    await lay()
    await writePipeline(
      ground,
      'malls',
      `import { shops } from './shops.js'
export default definePipeline({
  name: 'malls',
  source: { files: '../data/malls.json' },
  record: z.object({ no: z.string(), id: z.number(), slug: z.string() }),
  key: 'no',
  target: shops,
  columns: { id: 'id', slug: 'slug' },
  policies: { missing: 'delete' },
  limits: { removals: '100%' },
})`,
    )
    const all = { only: ['shops', 'malls'] }
    const planAndRun = async () => {
      const plan = await ground.plan(all)
      const report = await ground.run(all)
      expect(comparable(plan)).toEqual(comparable(report))
      return report.totals
    }
    await ground.source('shops', [shop(1), shop(2)])
    await ground.source('malls', [
      { no: 'm1', id: 1, slug: 's1' },
      { no: 'm3', id: 3, slug: 's3' },
    ])
    await planAndRun()
    await ground.source('shops', [shop(2)])
    await ground.source('malls', [{ no: 'm3', id: 3, slug: 's3' }])
    expect(await planAndRun()).toMatchObject({ removed: 2 })
    expect(await ground.query('select id from shops order by id')).toEqual([{ id: 2 }, { id: 3 }])
  })
})

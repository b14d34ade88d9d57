import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparable } from './comparable.js'
import { layGround, type Ground } from './ground.js'
import { holdings, layShops } from './undo-ground.js'
import { empty, exported, ids, trials } from './undo-history.js'

const policies = fc.record({
  missing: fc.constantFrom('keep', 'soft-delete', 'delete'),
  edited: fc.constantFrom('keep', 'overwrite', 'reject'),
  adopt: fc.constantFrom('update', 'keep', 'reject'),
  deleted: fc.constantFrom('leave', 'recreate'),
})

/** What somebody does to the target between two runs; what the database refuses is not done. */
const edit = fc
  .tuple(
    fc.constantFrom(...ids),
    fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    fc.constantFrom(
      (id: number, slug: string) => `update shops set slug = '${slug}' where id = ${id}`,
      (id: number) => `update shops set name = 'by hand' where id = ${id}`,
      (id: number) => `update shops set head_id = 1 where id = ${id}`,
      (id: number) => `update shops set deleted_at = null where id = ${id}`,
      (id: number) => `update shops set deleted_at = '2026-01-02T00:00:00Z' where id = ${id}`,
      (id: number) => `update doors set width = 2.5 where shop_id = ${id}`,
      (id: number) => `delete from doors where shop_id = ${id}`,
      (id: number) => `delete from shops where id = ${id}`,
      (id: number, slug: string) => `insert into shops (id, slug) values (${id}, '${slug}')`,
      (id: number) => `update clerks set shop_id = null where shop_id = ${id}`,
    ),
  )
  .map(([id, slug, statement]) => statement(id, slug))

const history = fc.array(fc.record({ exported, edits: fc.array(edit, { maxLength: 3 }) }), {
  minLength: 2,
  maxLength: 4,
})

const pipelines = ['pipelines/shops.ts', 'pipelines/clerks.ts']

/** The ordinary run tries the same histories each time; others come with CARRYOVER_TEST_SEED. */
const seed = 1

test.each(['sqlite', 'postgres'] as const)(
  'whatever is exported and edited, a run does what its plan said, holds what it verified, and leaves the next one nothing, on %s',
  async (engine) => {
    const ground = await layGround(engine)
    await layShops(ground, `limits: { removals: '100%', rejects: 99 },`)
    await ground.run({ pipelines })
    await fc.assert(
      fc.asyncProperty(policies, history, async (chosen, steps) => {
        await empty(ground)
        for (const [at, { exported: given, edits }] of steps.entries()) {
          // Whoever refers to a new shop that waits for a value of another one gets on a run later than that.
          const alone = (records: object[]) => (at === 0 ? records : records.map(withoutReferences))
          await ground.source('shops', alone(given.shops))
          await ground.source('clerks', alone(given.clerks))
          const options = { pipelines, batch: given.batch, policies: chosen }
          const plan = await ground.plan(options)
          const report = await ground.run(options)
          expect(report.errors).toEqual([])
          expect(comparable(plan)).toEqual(comparable(report))
          expect(report.pipelines.map(({ verification }) => verification.ok)).toEqual([true, true])
          const before = await holdings(ground)
          const again = await ground.run(options)
          expect(again.errors).toEqual([])
          expect(await holdings(ground)).toEqual(before)
          for (const statement of edits) await tryTo(ground, statement)
        }
      }),
      { seed, ...trials(engine === 'sqlite' ? 6 : 4) },
    )
  },
  900_000,
)

function withoutReferences(record: object): object {
  return { ...record, head: null, shop: null }
}

async function tryTo(ground: Ground, statement: string): Promise<void> {
  try {
    await ground.query(statement)
  } catch (error) {
    expect(String(error)).toMatch(/constraint/i)
  }
}

import fc from 'fast-check'
import { expect } from 'vitest'
import { layGround, type Ground } from './ground.js'
import { layShops } from './undo-ground.js'

export const ids = [1, 2, 3, 4, 5]
const shop = fc.record({
  slug: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  head: fc.option(fc.constantFrom(...ids), { nil: null }),
  name: fc.constantFrom('one', 'two', null),
  doors: fc.uniqueArray(
    fc.record({ side: fc.constantFrom('north', 'south', 'west'), width: fc.constantFrom(1, 1.5) }),
    { selector: ({ side }) => side, maxLength: 3 },
  ),
})
const clerk = fc.record({
  id: fc.constantFrom('x', 'y', 'z'),
  badge: fc.constantFrom(1, 2, 3),
  shop: fc.option(fc.constantFrom(...ids), { nil: null }),
})
/** What `shops` and `clerks` export, and how large their batches are. */
export const exported = fc.record({
  shops: fc
    .tuple(
      fc.array(shop, { minLength: 5, maxLength: 5 }),
      fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e'], { minLength: 5 }),
      fc.subarray(ids, { minLength: 2 }),
    )
    .map(([shops, slugs, there]) =>
      shops
        .map((one, at) => ({ ...one, id: at + 1, slug: slugs[at] as string }))
        .filter(({ id }) => there.includes(id)),
    ),
  clerks: fc.uniqueArray(clerk, { selector: ({ id }) => id, minLength: 1, maxLength: 3 }),
  batch: fc.constantFrom(1, 2, 100),
})

/** How often a property is tried: as often as it says, or as the environment does; each failure names its seed, with which it comes again. */
export function trials(numRuns: number): { numRuns: number; seed?: number; endOnFailure: true } {
  const { CARRYOVER_TEST_HISTORIES: runs = '', CARRYOVER_TEST_SEED: seed = '' } = process.env
  return {
    numRuns: runs === '' ? numRuns : Number(runs),
    endOnFailure: true, // making the example smaller takes minutes
    ...(seed === '' ? {} : { seed: Number(seed) }),
  }
}

const only = ['shops', 'clerks']

/** A project of shops and clerks that admits whatever happens to them, and that has run once. */
export async function layHistory(engine: Ground['engine'], missing: string): Promise<Ground> {
  const ground = await layGround(engine)
  await layShops(
    ground,
    `policies: { missing: '${missing}', duplicates: 'last' }, limits: { removals: '100%', rejects: 99 },`,
  )
  await ground.run({ only })
  return ground
}

/** Runs an export; answers the number of the run. */
export async function runExport(
  ground: Ground,
  { shops, clerks, batch }: { shops: object[]; clerks: object[]; batch: number },
): Promise<number> {
  await ground.source('shops', shops)
  await ground.source('clerks', clerks)
  const report = await ground.run({ only, batch })
  expect(report.errors).toEqual([])
  return report.runId as number
}

/** Forgets everything: the rows, and what the ledger knows. */
export async function empty(ground: Ground): Promise<void> {
  for (const table of ['clerks', 'doors']) await ground.query(`delete from ${table}`)
  await ground.query('update shops set head_id = null')
  await ground.query('delete from shops')
  for (const table of ['records', 'rejects', 'journal', 'runs'])
    await ground.query(`delete from ${ground.ledger(table)}`)
}

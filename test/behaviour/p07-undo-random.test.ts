import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layGround, type Ground } from './ground.js'
import { holdings, holdingsOfAnyRun, layShops, undoLast, undoRun } from './undo-ground.js'

const ids = [1, 2, 3, 4, 5]
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
const exported = fc.record({
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

test.each([
  ['sqlite', 'delete'],
  ['postgres', 'delete'],
  ['sqlite', 'soft-delete'],
  ['postgres', 'keep'],
] as const)(
  'a random run of a random history is undone: the rows and the ledger are what they were before, and the next run applies it again, on %s with missing: %s',
  async (engine, missing) => {
    const ground = await layGround(engine)
    await layShops(
      ground,
      `policies: { missing: '${missing}', duplicates: 'last' }, limits: { removals: '100%', rejects: 99 },`,
    )
    await ground.run({ only: ['shops', 'clerks'] })
    await fc.assert(
      fc.asyncProperty(
        fc.array(exported, { minLength: 2, maxLength: 4 }),
        fc.nat(),
        async (history, chosen) => {
          await empty(ground)
          const before: Awaited<ReturnType<typeof holdings>>[] = []
          const runIds: number[] = []
          for (const one of history) {
            before.push(await holdings(ground))
            runIds.push(await runExport(ground, one))
          }
          const after = await holdingsOfAnyRun(ground)
          // The last one, again and again: each time it ends where it was.
          const done = await undoLast(ground)
          expect(done.left).toEqual([])
          expect(await holdings(ground)).toEqual(before.at(-1))
          runIds[runIds.length - 1] = await runExport(ground, history.at(-1) as (typeof history)[number])
          expect(await holdingsOfAnyRun(ground)).toEqual(after)

          const at = chosen % history.length
          const undone = await undoRun(ground, runIds[at] as number, { withLater: true })
          expect(undone.errors).toEqual([])
          for (const [later, runId] of runIds.entries()) {
            // Whatever stands on nothing of it is taken back apart.
            if (later > at && !undone.undoes.includes(runId))
              expect((await undoRun(ground, runId, { withLater: true })).errors).toEqual(
                expect.not.arrayContaining([expect.objectContaining({ code: 'undo.later_runs' })]),
              )
          }
          expect(undone.left).toEqual([])
          expect(await holdings(ground)).toEqual(before[at])
        },
      ),
      {
        numRuns: Number(process.env['CARRYOVER_TEST_RUNS'] ?? (engine === 'sqlite' ? 25 : 10)),
        endOnFailure: true, // making the example smaller takes minutes
        ...seedOf(process.env['CARRYOVER_TEST_SEED']),
      },
    )
  },
  900_000,
)

/** Every failure names its seed: with it, that history comes again. */
function seedOf(text: string | undefined): { seed?: number } {
  return text === undefined ? {} : { seed: Number(text) }
}

async function runExport(
  ground: Ground,
  { shops, clerks, batch }: { shops: object[]; clerks: object[]; batch: number },
): Promise<number> {
  await ground.source('shops', shops)
  await ground.source('clerks', clerks)
  const report = await ground.run({ only: ['shops', 'clerks'], batch })
  expect(report.errors).toEqual([])
  return report.runId as number
}

/** Forgets everything: the rows, and what the ledger knows. */
async function empty(ground: Ground): Promise<void> {
  for (const table of ['clerks', 'doors']) await ground.query(`delete from ${table}`)
  await ground.query('update shops set head_id = null')
  await ground.query('delete from shops')
  for (const table of ['records', 'rejects', 'journal', 'runs'])
    await ground.query(`delete from ${ground.ledger(table)}`)
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appliedHoldings, holdingsOfAnyRun, undoLast, undoRun } from './undo-ground.js'
import { empty, exported, layHistory, runExport, trials } from './undo-history.js'

test.each([
  ['sqlite', 'delete'],
  ['postgres', 'delete'],
  ['sqlite', 'soft-delete'],
  ['postgres', 'keep'],
] as const)(
  'a random run of a random history is undone: the rows and the ledger are what they were before, and the next run applies it again, on %s with missing: %s',
  async (engine, missing) => {
    const ground = await layHistory(engine, missing)
    await fc.assert(
      fc.asyncProperty(
        fc.array(exported, { minLength: 2, maxLength: 4 }),
        fc.nat(),
        async (history, chosen) => {
          await empty(ground)
          const before: Awaited<ReturnType<typeof appliedHoldings>>[] = []
          const runIds: number[] = []
          for (const one of history) {
            before.push(await appliedHoldings(ground))
            runIds.push(await runExport(ground, one))
          }
          const after = await holdingsOfAnyRun(ground)
          // The last one, again and again: each time it ends where it was.
          const done = await undoLast(ground)
          expect(done.left).toEqual([])
          expect(await appliedHoldings(ground)).toEqual(before.at(-1))
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
          expect(await appliedHoldings(ground)).toEqual(before[at])
        },
      ),
      trials(engine === 'sqlite' ? 12 : 6),
    )
  },
  900_000,
)

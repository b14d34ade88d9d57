import { expect, test } from 'vitest'
import type { CrashGround } from './crash/crash-ground.js'
import { entriesWithRows } from './crash/entries-with-rows.js'
import { onCrashGround } from './crash/on-crash-ground.js'
import { scale } from './crash/scale.js'
import { seeded } from './crash/seeded.js'
import { signalAt } from './crash/signal-at.js'

onCrashGround('a crash at any instant loses nothing', (ground) => {
  test('a second run of the same export writes nothing', async () => {
    await ground.run()
    expect(await ground.run()).toMatchObject({ exitCode: 0, totals: { inserted: 0, updated: 0, removed: 0 } })
    expect(await ground.difference()).toEqual({})
  })

  // Spread evenly, and at random within each part, so that no part of the run is left out.
  const random = seeded(scale.seed)
  const crashes = Array.from({ length: scale.crashes }, (_, index) => ({
    fraction: 0.2 + (0.8 * (index + random.fraction())) / scale.crashes,
    // Now and then the run that mends is killed as well.
    second: index % 4 === 3 ? 0.2 + 0.8 * random.fraction() : undefined,
  }))

  test.each(crashes)(
    'killed after $fraction of its time (and $second of the next one), it is finished by the next run',
    async ({ fraction, second }) => {
      await signalAt(ground, fraction, 'SIGKILL', { again: () => ground.database.restore() })
      await expectTrueVerification(ground)
      if (second !== undefined) await signalAt(ground, second, 'SIGKILL')
      const report = await ground.run()
      expect(report.errors).toEqual([])
      expect(report.exitCode).toBe(ground.undisturbed.ended.code)
      expect(await ground.difference()).toEqual({})
    },
    600_000,
  )
})

/** What `verify` says of a half-done import is what plain counting says. */
async function expectTrueVerification(ground: CrashGround): Promise<void> {
  const { errors, exitCode, pipelines } = await ground.verify()
  expect(errors).toEqual([])
  expect([0, 4]).toContain(exitCode)
  const rows = pipelines.map(({ name, verification }) => [
    name,
    verification.checks.find((check) => check.name === 'rows')?.actual,
  ])
  expect(Object.fromEntries(rows)).toEqual(await entriesWithRows(ground.database))
}

import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { runs, undo } from '../../src/index.js'
import type { CrashGround } from './crash/crash-ground.js'
import { onCrashGround } from './crash/on-crash-ground.js'
import { startProcess } from './crash/run-process.js'
import { scale } from './crash/scale.js'
import { seeded } from './crash/seeded.js'
import { signalAt } from './crash/signal-at.js'
import { appliedHoldings } from './undo-ground.js'

onCrashGround('an undo takes back all of a run or nothing', (ground) => {
  const random = seeded(scale.seed)
  const held = () => appliedHoldings(ground.database)

  test('a whole import is taken back to the letter, and can be run again', async () => {
    const before = await held()
    await ground.run()
    const done = await undone(ground)
    expect(done).toMatchObject({ errors: [], left: [] })
    expect(await held()).toEqual(before)
    await ground.run()
    expect(await ground.difference()).toEqual({})
  }, 600_000)

  test('a run that was killed is taken back as far as it came', async () => {
    const before = await held()
    const first = await lastRun(ground)
    await signalAt(ground, 0.5 + 0.4 * random.fraction(), 'SIGKILL', {
      again: () => ground.database.restore(),
    })
    expect(await lastRun(ground)).not.toEqual(first)
    expect(await undone(ground)).toMatchObject({ errors: [], left: [] })
    expect(await held()).toEqual(before)
  }, 600_000)

  const fractions = [0, 0.3, 0.6].map((fraction) => fraction + 0.3 * random.fraction())
  test.each(fractions)(
    'an undo that is killed after %f of its time has done nothing or all, and the next one finishes',
    async (fraction) => {
      const before = await held()
      await ground.run()
      const after = await held()
      const runId = await lastRun(ground)
      const startedAt = performance.now()
      expect(await undone(ground, true)).toMatchObject({ errors: [], left: [] })
      const delayMs = fraction * (performance.now() - startedAt)
      const process = startProcess(ground.dir, [
        'undo',
        String(runId),
        '--yes',
        '--database',
        ground.database.url,
      ])
      while ((await lastRun(ground, 'undo')) === 0) await sleep(5)
      await sleep(delayMs)
      process.kill('SIGKILL')
      await process.ended
      const between = await held()
      const isDone = JSON.stringify(between) === JSON.stringify(before)
      expect(between).toEqual(isDone ? before : after)
      const again = await undone(ground, false, runId)
      if (isDone) expect(again.errors).toMatchObject([{ code: 'undo.already_undone' }])
      else expect(again).toMatchObject({ errors: [], left: [] })
      expect(await held()).toEqual(before)
    },
    600_000,
  )
})

async function undone(ground: CrashGround, dryRun = false, runId?: number) {
  return undo({
    cwd: ground.dir,
    database: ground.database.url,
    env: {},
    runId: runId ?? (await lastRun(ground)),
    dryRun,
  })
}

/** The number of the last run of a command; 0 for none. */
async function lastRun(ground: CrashGround, command = 'run'): Promise<number> {
  const listed = await runs({ cwd: ground.dir, database: ground.database.url, env: {} })
  return listed.runs.find((run) => run.command === command)?.id ?? 0
}

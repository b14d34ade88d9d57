import { expect, test } from 'vitest'
import { onCrashGround } from './crash/on-crash-ground.js'
import { scale } from './crash/scale.js'
import { seeded } from './crash/seeded.js'
import { signalAt } from './crash/signal-at.js'

onCrashGround('a run that is told to stop leaves nothing half done', (ground) => {
  const random = seeded(scale.seed)
  const stops = Array.from({ length: Math.ceil(scale.crashes / 2) }, (_, index) => ({
    fraction: 0.5 + 0.5 * random.fraction(),
    signal: index % 2 === 0 ? ('SIGINT' as const) : ('SIGTERM' as const),
  }))

  test.each(stops)(
    '$signal after $fraction of its time: the run is marked, the lock is free, the next run finishes',
    async ({ signal, fraction }) => {
      const { code, signal: endedBy } = await signalAt(ground, fraction, signal, {
        again: () => ground.database.restore(),
      })
      // Before it has begun to listen, the signal itself ends it.
      const wanted = signal === 'SIGINT' ? 130 : 143
      expect(endedBy === signal ? wanted : code).toBe(wanted)
      const runs = await ground.database.query(
        `select status from ${ground.database.ledger('runs')} where id > 1`,
      )
      expect(runs.map((run) => run['status']).filter((status) => status !== 'failed')).toEqual([])
      const next = await ground.run()
      expect([next.exitCode, next.errors]).toEqual([ground.undisturbed.ended.code, []])
      expect(await ground.difference()).toEqual({})
    },
    600_000,
  )
})

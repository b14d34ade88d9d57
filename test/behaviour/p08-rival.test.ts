import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { onCrashGround } from './crash/on-crash-ground.js'
import { scale } from './crash/scale.js'
import { seeded } from './crash/seeded.js'

onCrashGround('a run that waits takes over from one that was killed', (ground) => {
  const random = seeded(scale.seed)
  const rivals = Array.from({ length: Math.ceil(scale.crashes / 4) }, () => ({
    starts: 0.6 * random.fraction(),
    dies: 0.6 + 0.4 * random.fraction(),
  }))

  test.each(rivals)(
    'started after $starts of the first one’s time, which is killed after $dies',
    async ({ starts, dies }) => {
      const { durationMs, ended } = ground.undisturbed
      const first = ground.start({ more: ['--wait=10m'] })
      await sleep(starts * durationMs)
      const second = ground.start({ more: ['--wait=10m'] })
      await sleep((dies - starts) * durationMs)
      first.kill('SIGKILL')
      await first.ended
      const { code, report } = await second.ended
      expect([code, report?.errors]).toEqual([ended.code, []])
      expect(await ground.difference()).toEqual({})
    },
    600_000,
  )
})

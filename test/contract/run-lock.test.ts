import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { LockedError } from '../../src/errors.js'
import { contract } from './contract.js'

contract('the lock of a run', (ground) => {
  test('keeps a second run out, which is told so at once', async () => {
    const rival = await ground.database.openTarget()
    try {
      await ground.target.withRunLock({ waitMs: 0 }, async () => {
        const second = rival.withRunLock({ waitMs: 0 }, async () => 'in')
        await expect(second).rejects.toBeInstanceOf(LockedError)
        await expect(rival.withRunLock({ waitMs: 0 }, async () => 'in')).rejects.toMatchObject({
          code: 'run.locked',
        })
      })
      expect(await rival.withRunLock({ waitMs: 0 }, async () => 'in')).toBe('in')
    } finally {
      await rival.close()
    }
  })

  test('is handed on to a second run that waits', async () => {
    const rival = await ground.database.openTarget()
    const order: string[] = []
    try {
      const first = ground.target.withRunLock({ waitMs: 0 }, async () => {
        await sleep(300)
        order.push('first')
      })
      await sleep(50)
      const second = rival.withRunLock({ waitMs: 10_000 }, async () => {
        order.push('second')
      })
      await Promise.all([first, second])
      expect(order).toEqual(['first', 'second'])
    } finally {
      await rival.close()
    }
  })

  test('ends a wait that takes too long', async () => {
    const rival = await ground.database.openTarget()
    try {
      await ground.target.withRunLock({ waitMs: 0 }, async () => {
        await expect(rival.withRunLock({ waitMs: 120 }, async () => 'in')).rejects.toMatchObject({
          code: 'run.locked',
        })
      })
    } finally {
      await rival.close()
    }
  })

  test('is freed when the work throws', async () => {
    await expect(
      ground.target.withRunLock({ waitMs: 0 }, async () => {
        throw new Error('broken')
      }),
    ).rejects.toThrow('broken')
    expect(await ground.target.withRunLock({ waitMs: 0 }, async () => 'in')).toBe('in')
  })

  test('is free when the one who held it has closed', async () => {
    const rival = await ground.database.openTarget()
    await rival.withRunLock({ waitMs: 0 }, async () => undefined)
    await rival.close()
    expect(await ground.target.withRunLock({ waitMs: 0 }, async () => 'in')).toBe('in')
  })
})

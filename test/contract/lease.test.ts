import { expect, test } from 'vitest'
import type { Lease, Lessee } from '../../src/target/lease.js'
import type { Target } from '../../src/target/target.js'
import { aRun, changes, contract, uuid, write, type Ground } from './contract.js'
import { organizations } from './tables.js'

const me: Lessee = { command: 'run', host: 'here', user: 'somebody', processId: 71, deployment: 'd-1' }
const rival: Lessee = { ...me, host: 'there', processId: 72, deployment: null }

contract('the lease', (ground) => {
  test('says who runs while somebody does, and nothing afterwards', async () => {
    await ground.target.ledger.prepare()
    const watcher = await ground.database.openTarget({ readOnly: true })
    try {
      expect(await watcher.lockState()).toEqual({ held: false, lease: null, backendPid: null })
      await ground.target.withRunLock({ waitMs: 0 }, () =>
        ground.target.withLease(me, async (note) => {
          await note(await ground.target.ledger.beginRun(aRun))
          const state = await watcher.lockState()
          expect(state).toMatchObject({ held: true, lease: { ...me, runId: 1 } })
          expect(state.backendPid).toBe(state.lease?.backendPid)
          const { acquiredAt, heartbeatAt } = state.lease as Lease
          expect(Date.now() - Date.parse(acquiredAt)).toBeLessThan(60_000)
          expect(heartbeatAt).toBe(acquiredAt)
        }),
      )
      expect(await watcher.lockState()).toEqual({ held: false, lease: null, backendPid: null })
    } finally {
      await watcher.close()
    }
  })

  test('is gone when the work throws', async () => {
    await ground.target.ledger.prepare()
    const failing = underLease(ground.target, me, async () => {
      throw new Error('broken')
    })
    await expect(failing).rejects.toThrow('broken')
    expect(await ground.target.lockState()).toMatchObject({ held: false, lease: null })
  })

  test('is not written where there is no ledger', async () => {
    expect(await underLease(ground.target, me, async () => ground.target.lockState())).toMatchObject({
      held: true,
      lease: null,
    })
    expect(await ground.target.ledger.exists()).toBe(false)
  })

  test('is named by the refusal of a second run', async () => {
    await ground.target.ledger.prepare()
    const second = await ground.database.openTarget()
    try {
      await underLease(ground.target, me, async () => {
        const refused = second.withRunLock({ waitMs: 0 }, async () => 'in')
        await expect(refused).rejects.toMatchObject({
          code: 'run.locked',
          exitCode: 3,
          message: expect.stringMatching(
            /: run by somebody on here \(process 71\), since 20\S+ \S+ UTC, last sign of life 20\S+ \S+ UTC, deployment d-1\.$/,
          ),
        })
      })
    } finally {
      await second.close()
    }
  })

  test('is told once to a second run that waits', async () => {
    await ground.target.ledger.prepare()
    const second = await ground.database.openTarget()
    const told: (Lease | null)[] = []
    try {
      await underLease(ground.target, me, async () => {
        const request = { waitMs: 700, onWait: (lease: Lease | null) => told.push(lease) }
        await expect(second.withRunLock(request, async () => 'in')).rejects.toMatchObject({
          code: 'run.locked',
        })
      })
      expect(told).toEqual([expect.objectContaining(me)])
    } finally {
      await second.close()
    }
  })

  test('a wait ends with its signal', async () => {
    const second = await ground.database.openTarget()
    try {
      await ground.target.withRunLock({ waitMs: 0 }, async () => {
        const controller = new AbortController()
        const { signal } = controller
        setTimeout(() => controller.abort(new Error('enough')), 50)
        const waiting = second.withRunLock({ waitMs: 60_000, signal }, async () => 'in')
        await expect(waiting).rejects.toThrow('enough')
      })
      expect(await second.withRunLock({ waitMs: 0 }, async () => 'in')).toBe('in')
    } finally {
      await second.close()
    }
  })

  test('of a run that died is taken over, and that run is marked as interrupted when it was last heard of', async () => {
    await leaveBehind(ground)
    const [died] = await ground.target.ledger.runs({ limit: 1 })
    expect(died).toMatchObject({ id: 1, status: 'running', finishedAt: null })
    const { lease } = await ground.target.lockState()
    await underLease(ground.target, me, async () => undefined)
    expect(await ground.target.ledger.runs({ limit: 1 })).toMatchObject([
      { id: 1, status: 'interrupted', exitCode: null, finishedAt: lease?.heartbeatAt },
    ])
    expect(await ground.target.lockState()).toMatchObject({ held: false, lease: null })
  })

  test('of a run that died shows, with the lock free, and can be cleared', async () => {
    await leaveBehind(ground)
    expect(await ground.target.lockState()).toMatchObject({ held: false, lease: { ...rival, runId: 1 } })
    expect(await ground.target.withRunLock({ waitMs: 0 }, () => ground.target.clearLease())).toEqual([1])
    expect(await ground.target.lockState()).toMatchObject({ held: false, lease: null })
    expect(await ground.target.ledger.runs({ limit: 1 })).toMatchObject([{ id: 1, status: 'interrupted' }])
  })

  test('a run that ended before the one that died stays as it ended', async () => {
    await ground.target.ledger.prepare()
    const id = await ground.target.ledger.beginRun(aRun)
    const finishedAt = new Date('2026-01-02T03:05:00.000Z')
    await ground.target.ledger.finishRun(id, { status: 'ok', exitCode: 0, finishedAt, summary: '{}' })
    await leaveBehind(ground)
    await underLease(ground.target, me, async () => undefined)
    expect((await ground.target.ledger.runs({ limit: 9 })).map((run) => run.status)).toEqual([
      'interrupted',
      'ok',
    ])
  })
})

contract('the fence', (ground) => {
  test('keeps a run whose lease is gone from committing anything more', async () => {
    await ground.target.ledger.prepare()
    const table = await ground.target.readTable(organizations)
    const insert = (id: number) => {
      const record = { id: uuid(id), slug: String(id) }
      return ground.target.inBatch((batch) =>
        batch.apply(changes(table, [{ ...write(0, String(id)), record }])),
      )
    }
    await underLease(ground.target, me, async () => {
      await insert(1)
      await ground.database.execute(`delete from ${leaseTable(ground)}`)
      await expect(insert(2)).rejects.toMatchObject({ code: 'run.lock_lost', exitCode: 3 })
      await expect(ground.target.ledger.closeRejects('people', 1, ['x'])).rejects.toMatchObject({
        code: 'run.lock_lost',
      })
      await expect(ground.target.advanceSequences(table)).rejects.toMatchObject({ code: 'run.lock_lost' })
    })
    expect(await ground.database.count('select count(*) from organizations')).toBe(1)
  })

  test('does not take the lease of another run for its own, nor removes it', async () => {
    await ground.target.ledger.prepare()
    await underLease(ground.target, me, async () => {
      await ground.database.execute(`update ${leaseTable(ground)} set token = 'another'`)
      await expect(ground.target.inBatch(async () => 'in')).rejects.toMatchObject({ code: 'run.lock_lost' })
    })
    expect((await ground.target.lockState()).lease?.token).toBe('another')
  })

  test('is down when the run is over', async () => {
    await ground.target.ledger.prepare()
    await underLease(ground.target, me, async () => undefined)
    expect(await ground.target.inBatch(async () => 'in')).toBe('in')
  })
})

function underLease<Result>(target: Target, lessee: Lessee, work: () => Promise<Result>): Promise<Result> {
  return target.withRunLock({ waitMs: 0 }, () => target.withLease(lessee, work))
}

/** A run that dies: its connection is gone in the middle of its work. */
async function leaveBehind(ground: Ground): Promise<void> {
  const dying = await ground.database.openTarget()
  await dying.ledger.prepare()
  await dying.withRunLock({ waitMs: 0 }, () =>
    dying.withLease(rival, async (note) => {
      await note(await dying.ledger.beginRun(aRun))
      await dying.close()
    }),
  )
}

function leaseTable(ground: Ground): string {
  return ground.target.info.dialect === 'sqlite' ? 'carryover_lease' : 'carryover.lease'
}

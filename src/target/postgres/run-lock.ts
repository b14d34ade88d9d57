import type { Client } from 'pg'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Lessee } from '../lease.js'
import { lockedError, lockLost } from '../locked-error.js'
import { takeLock, type LockRequest } from '../take-lock.js'
import { sessionLock, type AdvisoryLock } from './advisory-lock.js'
import { openFence, type Fence } from './fence.js'
import { hasLease, nameRun, readLease, removeLease, renewLease, writeLease } from './lease.js'
import type { Session } from './session.js'
import { transactionLock } from './transaction-lock.js'
import { ServerError } from './translate-error.js'

/** The lock of a run, the lease that goes with it, and the fence before every transaction. */
export interface RunLock extends Pick<Fence, 'begin' | 'confirm'> {
  withRunLock<Result>(request: LockRequest, work: () => Promise<Result>): Promise<Result>
  withLease<Result>(
    lessee: Lessee,
    work: (note: (runId: number) => Promise<void>) => Promise<Result>,
  ): Promise<Result>
  /**
   * Takes the lock again after the connection that held it was lost. Only good while the lease is ours: then nobody ran in
   * between.
   * @throws LockedError `run.lock_lost`
   */
  retake(): Promise<void>
}

/** What the lock of a database needs to know of the connection. */
export interface Connected {
  readonly session: Session
  /** Opens another connection. */
  reconnect(): Promise<Client>
  readonly lockTimeoutMs: number
  /** How old the last sign of life may be. */
  readonly heartbeatMs?: number
}

const pollMs = 200
/** The server may take a while to notice that the connection that held the lock is gone. */
const retakeMs = 10_000

/** The lock of the database that a session is connected to. Nobody holds it yet. */
export function openRunLock(connected: Connected): RunLock {
  const { session, lockTimeoutMs } = connected
  let lock: AdvisoryLock | undefined
  let backendPid = 0

  const retake = async () => {
    if (lock === undefined) return
    backendPid = await takenAgain(lock)
    // Without a lease nothing has been written yet.
    if (fence.token === undefined || (await renewLease(session, fence.token, backendPid))) return
    await lock.release()
    throw lockLost()
  }
  const ready = async () => {
    if (lock?.isHeld() === false) await retake()
  }
  const fence = openFence(session, ready, connected.heartbeatMs)

  return {
    begin: fence.begin,
    confirm: fence.confirm,
    retake,
    withRunLock: async (request, work) => {
      const contender = await suitableLock(connected)
      const tryTake = async () => {
        const taken = await contender.tryTake()
        backendPid = taken ?? 0
        return taken !== undefined
      }
      try {
        await takeLock(request, { pollMs, tryTake, readLease: () => readLease(session) })
        lock = contender
        return await work()
      } finally {
        lock = undefined
        await contender.release()
      }
    },
    withLease: async (lessee, work) => {
      if (!(await hasLease(session))) return work(async () => undefined)
      const token = randomUUID()
      try {
        await writeLease(session, { ...lessee, token, backendPid }, lockTimeoutMs)
      } catch (error) {
        if (!(error instanceof ServerError) || error.sqlState !== '55P03') throw error
        // A former holder has lost the lock in the middle of a batch, which is not over.
        throw lockedError(await readLease(session))
      }
      fence.token = token
      try {
        return await work((runId) => nameRun(session, token, runId))
      } finally {
        fence.token = undefined
        await removeLease(session, token).catch(() => undefined)
      }
    },
  }
}

/** A session lock; behind a transaction pooler, where the server's process is not the one announced, that of a transaction. */
async function suitableLock({ session, reconnect }: Connected): Promise<AdvisoryLock> {
  const [row] = await session.query('select pg_backend_pid()::text as pid')
  return Number(row?.['pid']) === session.announcedPid() ? sessionLock(session) : transactionLock(reconnect)
}

async function takenAgain(lock: AdvisoryLock): Promise<number> {
  const giveUpAt = performance.now() + retakeMs
  for (;;) {
    const backendPid = await lock.tryTake()
    if (backendPid !== undefined) return backendPid
    if (performance.now() > giveUpAt) throw lockLost()
    await sleep(pollMs)
  }
}

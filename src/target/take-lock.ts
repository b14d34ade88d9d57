import { setTimeout as sleep } from 'node:timers/promises'
import type { Lease } from './lease.js'
import { lockedError } from './locked-error.js'

/** How somebody asks for the lock of a run. */
export interface LockRequest {
  /** How long to wait for another run to end; 0 to leave at once. */
  readonly waitMs: number
  /** Ends the wait. */
  readonly signal?: AbortSignal
  /** Told once that there is a wait, and for whom; null when the other run has not said who it is. */
  readonly onWait?: (holder: Lease | null) => void
}

/** How an engine is asked. */
export interface Contest {
  readonly pollMs: number
  tryTake(): Promise<boolean>
  readLease(): Promise<Lease | null>
}

/** A run that has just got the lock says a moment later who it is. */
const introductionMs = 1_000

/**
 * Takes the lock, as soon as it is free.
 * @throws LockedError `run.locked` when that takes longer than `waitMs`
 */
export async function takeLock({ waitMs, signal, onWait }: LockRequest, contest: Contest): Promise<void> {
  const beganAt = performance.now()
  let told = onWait === undefined
  while (!(await contest.tryTake())) {
    const waited = performance.now() - beganAt
    if (waited >= waitMs) throw lockedError(await contest.readLease())
    if (!told) {
      const holder = await contest.readLease()
      told = holder !== null || waited > introductionMs
      if (told) onWait?.(holder)
    }
    const pauseMs = Math.min(contest.pollMs, waitMs - waited)
    await sleep(pauseMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
    signal?.throwIfAborted()
  }
}

import { LockedError } from '../errors.js'
import type { Lease } from './lease.js'

/** The lock is somebody else's, and who that is. */
export function lockedError(
  lease: Lease | null,
  hint = 'Wait for it to end, or let this one wait with --wait. `carryover unlock` clears what a dead host has left.',
): LockedError {
  return new LockedError(
    'run.locked',
    lease === null
      ? 'Another run of carryover holds the lock of this database.'
      : `Another run of carryover holds the lock of this database: ${describeLease(lease)}.`,
    { hint },
  )
}

/** The lock was ours and is not any more. */
export function lockLost(): LockedError {
  return new LockedError('run.lock_lost', 'This run has lost its lock: the lease is not its own any more.', {
    hint: 'What was committed stays, nothing was written since. Somebody unlocked, or another run took over: `carryover status` says who. Then run again.',
  })
}

/** `run 12 by ada on web-1 (process 71), since 2026-11-03 10:04:11 UTC, last sign of life 2026-11-03 10:05:00 UTC, deployment d-1` */
export function describeLease(lease: Lease): string {
  const { command, runId, user, host, processId, acquiredAt, heartbeatAt, deployment } = lease
  return [
    `${command}${runId === null ? '' : ` ${runId}`} by ${user} on ${host} (process ${processId})`,
    `since ${instant(acquiredAt)}`,
    `last sign of life ${instant(heartbeatAt)}`,
    ...(deployment === null ? [] : [`deployment ${deployment}`]),
  ].join(', ')
}

function instant(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`
}

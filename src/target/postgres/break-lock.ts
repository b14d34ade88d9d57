import { setTimeout as sleep } from 'node:timers/promises'
import type { LockState } from '../lease.js'
import { lockedError } from '../locked-error.js'
import { lockName } from './advisory-lock.js'
import { inShortTransaction } from './in-short-transaction.js'
import { readLease, removeLease } from './lease.js'
import type { Session } from './session.js'

/** How long an ended process of the server may take to go. */
const goneMs = 10_000

/** Where the lock of this database stands among those of the server; a key of two numbers is told by `objsubid`. */
const ourLock = `locktype = 'advisory' and classid = ${lockName.classId} and objid = ${lockName.objectId} and objsubid = 2
    and database = (select oid from pg_database where datname = current_database()) and granted`

/** Who holds the lock, and what the lease says. Reads only. */
export async function lockState(session: Session): Promise<LockState> {
  const [holder] = await session.query(`select pid::text from pg_locks where ${ourLock}`)
  const backendPid = holder?.['pid'] == null ? null : Number(holder['pid'])
  return { held: backendPid !== null, lease: await readLease(session), backendPid }
}

/**
 * Ends the server's process that holds the lock, if it still does, removes its lease and marks its run as interrupted.
 * Answers the run.
 * @throws LockedError `run.locked` when it does not go
 */
export async function breakLock(
  session: Session,
  { backendPid, lease }: LockState,
  lockTimeoutMs: number,
): Promise<number[]> {
  await session.query(`select pg_terminate_backend(pid) from pg_locks where ${ourLock} and pid = $1`, [
    backendPid,
  ])
  const giveUpAt = performance.now() + goneMs
  while ((await lockState(session)).backendPid === backendPid) {
    if (performance.now() > giveUpAt)
      throw lockedError(lease, 'The server was told to end its process, and it is still there: try again.')
    await sleep(100)
  }
  if (lease === null) return []
  return inShortTransaction(session, lockTimeoutMs, async () => {
    // A run that is alive after all and connects again finds its lease gone, and ends. By its token: another may have begun.
    await removeLease(session, lease.token)
    const rows = await session.query(
      `update carryover.runs set status = 'interrupted', finished_at = $2 where id = $1 and status = 'running' returning id::text`,
      [lease.runId, lease.heartbeatAt],
    )
    return rows.map((row) => Number(row['id']))
  })
}

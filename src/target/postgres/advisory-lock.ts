import type { Session } from './session.js'

/** The pair of numbers that names the lock of all carryover runs on one database: the bytes of 'carr' and 'over'. */
export const lockName = { classId: 1667330674, objectId: 1870030194 } as const

/** What the functions of the server take. */
export const lockKey = `${lockName.classId}, ${lockName.objectId}`

/** One way to hold the lock. All of them exclude each other. */
export interface AdvisoryLock {
  /** Takes the lock when it is free; answers the server's process that holds it then. */
  tryTake(): Promise<number | undefined>
  /** False once the connection that held it is known to be gone. */
  isHeld(): boolean
  release(): Promise<void>
}

/** The lock of the session itself, which the server frees when the connection ends. */
export function sessionLock(session: Session): AdvisoryLock {
  let taken = false
  return {
    tryTake: async () => {
      const [row] = await session.query(
        `select pg_try_advisory_lock(${lockKey})::text as locked, pg_backend_pid()::text as pid`,
      )
      taken ||= row?.['locked'] === 'true'
      return row?.['locked'] === 'true' ? Number(row['pid']) : undefined
    },
    isHeld: () => true, // When the session is gone, every statement says so.
    release: async () => {
      // The server warns of the release of a lock that was not held.
      if (taken) await session.query(`select pg_advisory_unlock(${lockKey})`).catch(() => undefined)
    },
  }
}

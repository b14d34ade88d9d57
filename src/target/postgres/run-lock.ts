import { LockedError } from '../../errors.js'
import type { Session } from './session.js'

/** The pair of numbers that names the lock of all carryover runs on one database: the bytes of 'carr' and 'over'. */
const lockName = '1667330674, 1870030194'

/**
 * Runs `work` while holding the session-level advisory lock of this database, which the server frees when the connection ends.
 * @throws LockedError `run.locked` when another run holds it for longer than `waitMs`
 */
export async function withRunLock<Result>(
  session: Session,
  waitMs: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const deadline = performance.now() + waitMs
  while (!(await tryLock(session))) {
    const left = deadline - performance.now()
    if (left <= 0) {
      throw new LockedError('run.locked', 'Another run of carryover holds the lock of this database.', {
        hint: 'Wait for it to end, or let this one wait with --wait.',
      })
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(200, left)))
  }
  try {
    return await work()
  } finally {
    await session.query(`select pg_advisory_unlock(${lockName})`).catch(() => undefined)
  }
}

async function tryLock(session: Session): Promise<boolean> {
  const rows = await session.query(`select pg_try_advisory_lock(${lockName})::text as locked`)
  return rows[0]?.['locked'] === 'true'
}

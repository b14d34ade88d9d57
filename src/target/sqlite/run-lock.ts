import Database from 'better-sqlite3'
import { realpathSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { LockedError } from '../../errors.js'
import type { Connection } from './connection.js'
import { translateError } from './translate-error.js'

const POLL_MS = 50

/**
 * Runs `work` while holding an exclusive transaction on the empty file `<database>.lock`. The operating system frees it when
 * the process ends, however it ends. The file stays: whoever removed it would take the lock from under a rival.
 * @throws LockedError `run.locked` when another run holds it for longer than `waitMs`
 */
export async function withRunLock<Result>(
  connection: Connection,
  waitMs: number,
  work: () => Promise<Result>,
): Promise<Result> {
  // Nobody else reaches a database in memory.
  if (connection.isMemory) return work()
  const path = `${realpathSync(connection.path)}.lock`
  const lock = openLock(path)
  try {
    const deadline = performance.now() + waitMs
    while (!tryLock(lock, path)) {
      const left = deadline - performance.now()
      if (left <= 0) throw lockedError(connection)
      await sleep(Math.min(POLL_MS, left))
    }
    return await work()
  } finally {
    lock.close()
  }
}

function openLock(path: string): Database.Database {
  try {
    return new Database(path, { timeout: 0 })
  } catch (error) {
    throw translateError(error, path)
  }
}

function tryLock(lock: Database.Database, path: string): boolean {
  try {
    lock.exec('begin exclusive')
    return true
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false
    throw translateError(error, path)
  }
}

function lockedError(connection: Connection): LockedError {
  return new LockedError('run.locked', `Another run of carryover holds the lock of ${connection.path}.`, {
    hint: 'Wait for it to end, or let this one wait with --wait.',
  })
}

import Database from 'better-sqlite3'
import { existsSync, realpathSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { takeLock, type LockRequest } from '../take-lock.js'
import type { Connection } from './connection.js'
import { readLease } from './lease.js'
import { translateError } from './translate-error.js'

const pollMs = 50
/** Two who try at the same instant can keep each other out, and somebody may be looking: one refusal is none. */
const attempts = 5
const attemptMs = 20

/**
 * Runs `work` while holding an exclusive transaction on the empty file `<database>.lock`. The operating system frees it when
 * the process ends, however it ends. The file stays: whoever removed it would take the lock from under a rival.
 * @throws LockedError `run.locked` when another run holds it for longer than the request waits
 */
export async function withRunLock<Result>(
  connection: Connection,
  request: LockRequest,
  work: () => Promise<Result>,
): Promise<Result> {
  // Nobody else reaches a database in memory.
  if (connection.isMemory) return work()
  const path = lockFile(connection)
  const lock = openLock(path)
  try {
    await takeLock(request, {
      pollMs,
      tryTake: () => tryTake(lock, path),
      readLease: async () => readLease(connection),
    })
    return await work()
  } finally {
    lock.close()
  }
}

/** True while a process holds the lock. Makes no file. */
export async function isLocked(connection: Connection): Promise<boolean> {
  const path = connection.isMemory ? '' : lockFile(connection)
  if (!existsSync(path)) return false
  const lock = new Database(path, { readonly: true, fileMustExist: true, timeout: 0 })
  try {
    // A reader gets in unless somebody holds the file exclusively.
    lock.prepare('select count(*) from sqlite_master').get()
    return false
  } catch (error) {
    if (isBusy(error)) return true
    throw translateError(error, path)
  } finally {
    lock.close()
  }
}

function lockFile({ path }: Connection): string {
  return `${realpathSync(path)}.lock`
}

function openLock(path: string): Database.Database {
  try {
    return new Database(path, { timeout: 0 })
  } catch (error) {
    throw translateError(error, path)
  }
}

async function tryTake(lock: Database.Database, path: string): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      lock.exec('begin exclusive')
      return true
    } catch (error) {
      if (!isBusy(error)) throw translateError(error, path)
      if (attempt === attempts) return false
    }
    await sleep(attemptMs * Math.random())
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

import Database from 'better-sqlite3'
import type { Connection } from './connection.js'
import type { Fence } from './fence.js'
import { openUnit, type Unit } from './unit.js'

/** How batches are wrapped. */
export interface Transactions {
  inBatch<Result>(work: () => Promise<Result>): Promise<Result>
  /** The one transaction around several batches. */
  readonly unit: Unit
  /** Rolls a rehearsal back. */
  close(): void
}

/**
 * One transaction a batch; for a rehearsal one transaction around all of them and a savepoint for each.
 *
 * A batch takes the write lock with its first write, so that a plan and a rerun without changes take none. When another
 * program has written after our first read, SQLite gives no lock: the batch fails as busy, and the next one takes it at once.
 */
export function openTransactions(connection: Connection, rehearsal: boolean, fence: Fence): Transactions {
  let eager = false
  if (rehearsal) connection.exec('begin immediate')
  const unit = openUnit(connection, rehearsal, fence)
  return {
    unit,
    inBatch: async (work) => {
      if (unit.isOpen) return unit.inBatch(work)
      fence.beat()
      connection.exec(rehearsal ? 'savepoint carryover_batch' : eager ? 'begin immediate' : 'begin')
      try {
        fence.check()
        const result = await work()
        connection.exec(rehearsal ? 'release carryover_batch' : 'commit')
        eager = false
        return result
      } catch (error) {
        eager = isLostSnapshot(error)
        rollBack(connection, rehearsal)
        throw error
      }
    },
    close: () => {
      if (rehearsal && connection.inTransaction) connection.exec('rollback')
    },
  }
}

/** Some errors, a full disk among them, have rolled back already. */
function rollBack(connection: Connection, rehearsal: boolean): void {
  if (!connection.inTransaction) return
  connection.exec(rehearsal ? 'rollback to carryover_batch; release carryover_batch' : 'rollback')
}

/** The driver's error, or the one it was translated to. */
function isLostSnapshot(error: unknown): boolean {
  const cause = error instanceof Error && !(error instanceof Database.SqliteError) ? error.cause : error
  return cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY')
}

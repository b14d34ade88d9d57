import { transactionLost } from '../transaction-lost.js'
import type { Connection } from './connection.js'
import type { Fence } from './fence.js'

/** One transaction around several batches. */
export interface Unit {
  readonly isOpen: boolean
  /**
   * Takes the write lock at once: a lock that comes with the first write may come too late, and nothing could be done again.
   * @throws LockedError `run.lock_lost`; it is to be rolled back then
   */
  begin(): void
  commit(): void
  rollBack(): void
  /** Runs a batch as a savepoint of the open transaction. */
  inBatch<Result>(work: () => Promise<Result>): Promise<Result>
}

/**
 * Holds a transaction around batches.
 * @param rehearsal a transaction is open that is rolled back at the end: a savepoint takes the place of a transaction
 */
export function openUnit(connection: Connection, rehearsal: boolean, fence: Fence): Unit {
  let isOpen = false
  const end = (words: string) => {
    isOpen = false
    // Some errors, a full disk among them, have rolled back already.
    if (connection.inTransaction) connection.exec(words)
  }
  return {
    get isOpen() {
      return isOpen
    },
    begin: () => {
      fence.beat()
      connection.exec(rehearsal ? 'savepoint carryover_unit' : 'begin immediate')
      isOpen = true
      fence.check()
    },
    commit: () => end(rehearsal ? 'release carryover_unit' : 'commit'),
    rollBack: () => end(rehearsal ? 'rollback to carryover_unit; release carryover_unit' : 'rollback'),
    inBatch: async (work) => {
      connection.exec('savepoint carryover_batch')
      try {
        const result = await work()
        connection.exec('release carryover_batch')
        return result
      } catch (error) {
        if (!connection.inTransaction) throw transactionLost(error)
        connection.exec('rollback to carryover_batch; release carryover_batch')
        throw error
      }
    },
  }
}

import type { Connection } from './connection.js'

/** Runs `work` in a transaction that holds the write lock from the start; inside of one already, under a savepoint. */
export function atomically<Result>(connection: Connection, work: () => Result): Result {
  const outermost = !connection.inTransaction
  connection.exec(outermost ? 'begin immediate' : 'savepoint carryover_step')
  try {
    const result = work()
    connection.exec(outermost ? 'commit' : 'release carryover_step')
    return result
  } catch (error) {
    // Some errors, a full disk among them, have rolled back already.
    if (connection.inTransaction) {
      connection.exec(outermost ? 'rollback' : 'rollback to carryover_step; release carryover_step')
    }
    throw error
  }
}

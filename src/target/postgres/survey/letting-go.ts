import type { Session } from '../session.js'

/**
 * What `read` answers, in a savepoint that is rolled back: its tables are let go at once, where a transaction that holds thousands
 * of them runs out of locks.
 */
export async function lettingGo<Result>(session: Session, read: () => Promise<Result>): Promise<Result> {
  await session.query('savepoint carryover_reading')
  const result = await read()
  await session.query('rollback to savepoint carryover_reading; release savepoint carryover_reading')
  return result
}

import { TargetError } from '../../errors.js'
import type { Session } from './session.js'
import { isLoss } from './translate-error.js'

/**
 * Runs `work` in one transaction; what it throws rolls it back. When the connection is lost while the commit is on its way, the
 * server is asked whether it took place: a transaction that is committed is not done again.
 * @param begin sends the statements that begin it
 * @param wasCommitted what the server says of a transaction's number
 */
export async function inTransaction<Result>(
  session: Session,
  begin: () => Promise<void>,
  work: () => Promise<Result>,
  wasCommitted: (xid: string) => Promise<boolean>,
): Promise<Result> {
  try {
    await begin()
    const result = await work()
    await commit(session, wasCommitted)
    return result
  } catch (error) {
    await session.query('rollback').catch(() => undefined)
    throw error
  }
}

async function commit(session: Session, wasCommitted: (xid: string) => Promise<boolean>): Promise<void> {
  const [row] = await session.query('select pg_current_xact_id_if_assigned()::text as xid')
  const xid = row?.['xid'] ?? null
  try {
    await session.query('commit')
  } catch (error) {
    if (!(error instanceof TargetError) || !isLoss(error)) throw error
    // Without a number it has written nothing that could be lost.
    if (xid !== null && !(await wasCommitted(xid))) throw error
    // Ends the session's lost transaction.
    await session.query('rollback')
  }
}

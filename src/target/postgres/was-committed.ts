import type { Client } from 'pg'
import { TargetError } from '../../errors.js'
import { persist, type Patience } from '../persist.js'
import { openSession } from './session.js'
import { ServerError } from './translate-error.js'

/**
 * What became of a transaction whose commit was never answered, as the server knows it. Asked on a connection of its own, before
 * anything is written through another one: after a crash the server may give the number of a lost transaction to the next.
 * @param xid what `pg_current_xact_id()` was
 * @throws TargetError `database.commit_unknown` when the server does not say in time
 */
export async function wasCommitted(
  connect: () => Promise<Client>,
  xid: string,
  patience: Patience,
): Promise<boolean> {
  try {
    return await persist(async () => {
      const session = openSession(await connect())
      try {
        const status = await statusOf(session.query, xid)
        if (status === 'committed') return true
        if (status === 'aborted') return false
        // The server has not noticed yet that nobody is at the other end.
        throw new TargetError('database.commit_unknown', 'The transaction is still at work.', {
          retryable: status === 'in progress',
        })
      } finally {
        await session.close()
      }
    }, patience)
  } catch (cause) {
    if (!(cause instanceof TargetError)) throw cause
    throw new TargetError(
      'database.commit_unknown',
      `The connection was lost during a commit, and the server does not say whether it took place: ${cause.message}`,
      { hint: 'Run again: what was committed is found in the ledger, and the rest is done.', cause },
    )
  }
}

async function statusOf(
  query: (text: string, params: readonly unknown[]) => Promise<Record<string, string | null>[]>,
  xid: string,
): Promise<string | null> {
  try {
    const rows = await query('select pg_xact_status($1::xid8) as status', [xid])
    return rows[0]?.['status'] ?? null
  } catch (error) {
    // A number "in the future": the server has crashed, and nothing of the transaction had reached its disk.
    if (error instanceof ServerError && error.sqlState === '22023') return 'aborted'
    throw error
  }
}

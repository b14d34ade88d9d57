import type { Session } from './session.js'
import { ServerError } from './translate-error.js'

/**
 * What `work` answers; undefined when it answers that, or when the server refused a statement of it: all of it is taken back then.
 * @param set settings that hold for the work alone, as `{ on: 'set local …', off: 'set local …' }`; they travel with the savepoint
 * @throws what `work` throws otherwise, with the savepoint left open: the transaction is over
 */
export async function tryInSavepoint<Answer>(
  session: Session,
  name: string,
  work: () => Promise<Answer | undefined>,
  set?: { readonly on: string; readonly off: string },
): Promise<Answer | undefined> {
  await session.query(`savepoint ${name}${set === undefined ? '' : `; ${set.on}`}`)
  try {
    const answer = await work()
    if (answer !== undefined) {
      await session.query(`${set === undefined ? '' : `${set.off}; `}release savepoint ${name}`)
      return answer
    }
  } catch (error) {
    // Class 25: a read-only server refuses every statement alike.
    if (!(error instanceof ServerError) || error.retryable || error.sqlState.startsWith('25')) throw error
  }
  // `release` because a savepoint outlives its own roll-back. What was set in it is as it was before.
  await session.query(`rollback to savepoint ${name}; release savepoint ${name}`)
  return undefined
}

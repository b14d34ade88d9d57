import type { Session } from './session.js'

/** What is set for the work in a savepoint alone. */
interface Settings {
  /** Sent with the savepoint. */
  readonly begin: readonly string[]
  /** Sent with its release. */
  readonly end: readonly string[]
}

/**
 * Runs `work` in a savepoint of the open transaction; what it throws rolls back to it.
 * @throws what `work` throws, as soon as the transaction stands where it stood before; else `broken` of it
 */
export async function inSavepoint<Result>(
  session: Session,
  name: string,
  work: () => Promise<Result>,
  broken: (thrown: unknown) => unknown,
  { begin, end }: Settings = { begin: [], end: [] },
): Promise<Result> {
  await session.query([`savepoint ${name}`, ...begin].join('; ')).catch((error: unknown) => {
    throw broken(error)
  })
  try {
    const result = await work()
    await session.query([`release savepoint ${name}`, ...end].join('; '))
    return result
  } catch (error) {
    // `release` because a savepoint outlives its own roll-back.
    await session.query(`rollback to savepoint ${name}; release savepoint ${name}`).catch(() => {
      throw broken(error)
    })
    throw error
  }
}

import type { Session } from './session.js'

/** Runs `work` in a transaction of its own, which waits for nobody's lock longer than `lockTimeoutMs`. */
export async function inShortTransaction<Result>(
  session: Session,
  lockTimeoutMs: number,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    await session.query(`begin; set local lock_timeout = ${lockTimeoutMs}`)
    const result = await work()
    await session.query('commit')
    return result
  } catch (error) {
    await session.query('rollback').catch(() => undefined)
    throw error
  }
}

import { CarryoverError } from '../../errors.js'
import { transactionLost } from '../transaction-lost.js'
import type { Session } from './session.js'
import { ServerError } from './translate-error.js'

/** One transaction around several batches. */
export interface Unit {
  readonly isOpen: boolean
  /** Runs a batch as a savepoint of the open transaction. */
  inBatch<Result>(work: () => Promise<Result>): Promise<Result>
  atomically<Result>(work: () => Promise<Result>): Promise<Result>
}

/**
 * Holds a transaction around batches.
 * @param settings statements that set what holds for a batch alone; what is asked between the batches goes without
 * @param rehearsal a transaction is open that is rolled back at the end: a savepoint takes the place of a transaction
 */
export function openUnit(session: Session, settings: string, rehearsal: boolean): Unit {
  const names = [...settings.matchAll(/set local (\w+)/g)].map(([, name]) => name)
  const reset = rehearsal ? [] : names.map((name) => `set local ${name} = default`)
  const [begin, commit, rollback] = rehearsal
    ? ['savepoint carryover_unit', 'release savepoint carryover_unit', undo('carryover_unit')]
    : // A commit outside of a transaction is a mere warning; a savepoint is refused there.
      // Between two batches the source is read, however long that takes.
      [
        'begin read write; set local idle_in_transaction_session_timeout = 0',
        'savepoint carryover_unit; commit',
        'rollback',
      ]
  let isOpen = false

  const rollBack = async (thrown: unknown): Promise<never> => {
    await session.query(rollback).catch(() => {
      throw thrown instanceof CarryoverError ? transactionLost(thrown) : thrown
    })
    throw thrown
  }
  // What the server answers is no commit. When it does not answer, nobody knows whether it came to one.
  const rollBackUnsure = async (thrown: unknown): Promise<never> => {
    await session.query(rollback).catch(() => undefined)
    throw thrown instanceof ServerError ? transactionLost(thrown) : thrown
  }
  return {
    get isOpen() {
      return isOpen
    },
    inBatch: async (work) => {
      await session.query(`savepoint carryover_batch; ${settings}`).catch((error: unknown) => {
        throw transactionLost(error)
      })
      try {
        const result = await work()
        await session.query(['release savepoint carryover_batch', ...reset].join('; '))
        return result
      } catch (error) {
        await session.query(undo('carryover_batch')).catch(() => {
          throw transactionLost(error)
        })
        throw error
      }
    },
    atomically: async (work) => {
      await session.query(begin)
      isOpen = true
      try {
        const result = await work().catch(rollBack)
        await session.query(commit).catch(rollBackUnsure)
        return result
      } finally {
        isOpen = false
      }
    },
  }
}

/** `release` because a savepoint outlives its own roll-back. */
function undo(savepoint: string): string {
  return `rollback to savepoint ${savepoint}; release savepoint ${savepoint}`
}

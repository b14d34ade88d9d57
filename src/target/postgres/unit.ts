import { TargetError } from '../../errors.js'
import { transactionLost } from '../transaction-lost.js'
import { inSavepoint } from './in-savepoint.js'
import { inTransaction } from './in-transaction.js'
import type { Session } from './session.js'
import { isLoss } from './translate-error.js'

/** One transaction around several batches. */
export interface Unit {
  readonly isOpen: boolean
  /** Runs a batch as a savepoint of the open transaction. */
  inBatch<Result>(work: () => Promise<Result>): Promise<Result>
  atomically<Result>(work: () => Promise<Result>): Promise<Result>
}

/** How transactions begin and what becomes of them. */
interface UnitOptions {
  /** Statements that set what holds for a batch alone; what is asked between the batches goes without. */
  readonly settings: string
  /** Sends the statements that begin a transaction. */
  begin(begin: string): Promise<void>
  /** What the server says of a transaction whose commit was not answered. */
  wasCommitted(xid: string): Promise<boolean>
}

/** Holds a transaction around batches. */
export function openUnit(session: Session, { settings, begin, wasCommitted }: UnitOptions): Unit {
  const names = [...settings.matchAll(/set local (\w+)/g)].map(([, name]) => name)
  const ofABatch = { begin: [settings], end: names.map((name) => `set local ${name} = default`) }
  let isOpen = false
  return {
    get isOpen() {
      return isOpen
    },
    inBatch: (work) => inSavepoint(session, 'carryover_batch', work, transactionLost, ofABatch),
    atomically: async (work) => {
      // Between two batches the source is read, however long that takes.
      const start = () => begin('begin read write; set local idle_in_transaction_session_timeout = 0')
      let isBegun = false
      let isDone = false
      try {
        return await inTransaction(
          session,
          start,
          async () => {
            isBegun = true
            isOpen = true
            const result = await work()
            isDone = true
            return result
          },
          wasCommitted,
        )
      } catch (error) {
        // A begin may be tried again. Work may not, and a commit that failed has taken all of it along.
        const isLost = isDone || (error instanceof TargetError && isLoss(error))
        throw isBegun && isLost ? transactionLost(error) : error
      } finally {
        isOpen = false
      }
    },
  }
}

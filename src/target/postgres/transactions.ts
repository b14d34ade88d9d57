import { TargetError } from '../../errors.js'
import type { TargetOptions } from '../target.js'
import type { Fence } from './fence.js'
import { inSavepoint } from './in-savepoint.js'
import { inTransaction } from './in-transaction.js'
import type { Session } from './session.js'
import { isLoss } from './translate-error.js'
import { openUnit, type Unit } from './unit.js'

/** How what is sent is wrapped. */
export interface Transactions {
  /** What every transaction of a batch begins with. */
  readonly settings: string
  /** A transaction is open in which every batch is a savepoint: what it has written nobody else sees. */
  readonly isUnit: boolean
  inBatch<Result>(work: () => Promise<Result>): Promise<Result>
  /** For what is no batch. In a transaction of its own unless one is open, so that time-outs hold and leak through no pooler. */
  inCall<Result>(work: () => Promise<Result>): Promise<Result>
  readonly atomically: Unit['atomically']
  /** Rolls a rehearsal back. */
  close(): Promise<void>
}

/**
 * One transaction a batch; for a rehearsal one transaction around all of them and a savepoint for each.
 *
 * The planner's settings hold for the transaction alone, so that nothing leaks through a pooler. Stages carry no statistics:
 * without these settings hash joins over the whole target are chosen, and a batch costs three times as much.
 *
 * @param wasCommitted what the server says of a transaction whose commit was not answered
 */
export async function openTransactions(
  session: Session,
  options: TargetOptions,
  wasCommitted: (xid: string) => Promise<boolean>,
  fence: Pick<Fence, 'begin'>,
): Promise<Transactions> {
  const limits = `set local lock_timeout = ${options.lockTimeoutMs}; set local statement_timeout = ${options.statementTimeoutMs}`
  // Deferred constraints speak at once, so that a refusal can be laid at the door of its record.
  const settings = `set constraints all immediate; set local timezone = 'UTC'; set local datestyle = 'ISO'; set local jit = off;
    set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_seqscan = off; set local enable_material = off;
    ${limits}`
  if (options.rehearsal) return openRehearsal(session, settings)
  const begin = `begin ${options.readOnly ? 'read only' : 'read write'}`
  const unit = openUnit(session, { settings, begin: (words) => fence.begin(words), wasCommitted })
  return {
    settings,
    get isUnit() {
      return unit.isOpen
    },
    inBatch: (work) =>
      unit.isOpen
        ? unit.inBatch(work)
        : inTransaction(session, () => fence.begin(`${begin}; ${settings}`), work, wasCommitted),
    inCall: (work) =>
      session.inTransaction
        ? work()
        : inTransaction(
            session,
            async () => void (await session.query(`${begin}; ${limits}`)),
            work,
            wasCommitted,
          ),
    atomically: unit.atomically,
    close: async () => undefined,
  }
}

async function openRehearsal(session: Session, settings: string): Promise<Transactions> {
  await session.query(`begin; ${settings}`)
  const as =
    (savepoint: string) =>
    async <Result>(work: () => Promise<Result>) =>
      rehearsed(() => inSavepoint(session, savepoint, work, (thrown) => thrown))
  return {
    settings,
    isUnit: true,
    inBatch: as('carryover_batch'),
    inCall: rehearsed,
    atomically: as('carryover_unit'),
    close: async () => {
      await session.query('rollback').catch(() => undefined)
    },
  }
}

/** What was rehearsed is gone with its connection: there is nothing to go on from. */
async function rehearsed<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof TargetError) || !isLoss(cause)) throw cause
    throw new TargetError(
      'run.rehearsal_lost',
      `The connection was lost in the middle of a rehearsal, and all of it was rolled back. ${cause.message}`,
      { hint: 'A rehearsal is one transaction and cannot be resumed: run it again.', cause },
    )
  }
}

import type { TargetOptions } from '../target.js'
import type { Session } from './session.js'
import { openUnit, type Unit } from './unit.js'

/** How batches are wrapped. */
export interface Transactions {
  inBatch<Result>(work: () => Promise<Result>): Promise<Result>
  readonly atomically: Unit['atomically']
  /** Rolls a rehearsal back. */
  close(): Promise<void>
}

/**
 * One transaction a batch; for a rehearsal one transaction around all of them and a savepoint for each.
 *
 * The planner's settings hold for the transaction alone, so that nothing leaks through a pooler. Stages carry no statistics:
 * without these settings hash joins over the whole target are chosen, and a batch costs three times as much.
 */
export async function openTransactions(session: Session, options: TargetOptions): Promise<Transactions> {
  // Deferred constraints speak at once, so that a refusal can be laid at the door of its record.
  const settings = `set constraints all immediate; set local timezone = 'UTC'; set local datestyle = 'ISO'; set local jit = off;
    set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_seqscan = off; set local enable_material = off;
    set local lock_timeout = ${options.lockTimeoutMs}; set local statement_timeout = ${options.statementTimeoutMs}`
  if (options.rehearsal) await session.query(`begin; ${settings}`)
  const [begin, commit, rollback] = options.rehearsal
    ? [
        'savepoint carryover_batch',
        'release savepoint carryover_batch',
        'rollback to savepoint carryover_batch; release savepoint carryover_batch',
      ]
    : [`begin ${options.readOnly ? 'read only' : 'read write'}; ${settings}`, 'commit', 'rollback']
  const unit = openUnit(session, settings, options.rehearsal)
  return {
    atomically: unit.atomically,
    inBatch: async (work) => {
      if (unit.isOpen) return unit.inBatch(work)
      await session.query(begin)
      try {
        const result = await work()
        await session.query(commit)
        return result
      } catch (error) {
        await session.query(rollback).catch(() => undefined)
        throw error
      }
    },
    close: async () => {
      if (options.rehearsal) await session.query('rollback').catch(() => undefined)
    },
  }
}

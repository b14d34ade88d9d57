import { TargetError } from '../errors.js'
import type { Target } from '../target/target.js'
import { LaterRunsError } from './later-runs-error.js'
import { newLeftRows, type LeftAlone } from './left-alone.js'
import { takeBackStep } from './take-back-step.js'
import type { Undoing, UndoneRows } from './undoing.js'

/** What an undo did. */
export interface TakenBack {
  readonly rows: UndoneRows
  readonly left: LeftAlone[]
}

/**
 * Takes runs back in one transaction, step by step from the last to the first, so that every state on the way is one that the
 * database was in already. It happened whole or not at all.
 * @param by the run that notes it
 * @throws LaterRunsError when later runs turn out on the way to be in the way; TargetError `undo.no_table`
 */
export function takeBackRuns(
  target: Target,
  runIds: readonly number[],
  by: number,
  signal: AbortSignal,
): Promise<TakenBack> {
  const first = Math.min(...runIds)
  return target.inBatch(async (batch) => {
    const tables = new Map<string, ReturnType<Target['tableNamed']>>()
    const undoing: Undoing = {
      batch,
      runIds,
      rows: { restored: 0, deleted: 0, inserted: 0 },
      restoredAgain: new Set(),
      left: newLeftRows(),
      later: new Set(),
      tableNamed: (name) => {
        const known = tables.get(name) ?? writtenTable(target, name)
        tables.set(name, known)
        return known
      },
      isStanding: async (runId) =>
        (await target.ledger.runs({ runId, limit: 1 })).every((run) => run.undoneBy === null),
    }
    await batch.history.open()
    for (const step of await batch.history.steps(runIds)) {
      signal.throwIfAborted()
      await takeBackStep(undoing, step)
    }
    if (undoing.later.size > 0) throw new LaterRunsError(first, [...undoing.later])
    await batch.history.close()
    await batch.history.markUndone(runIds, { runId: by, undoes: first })
    return { rows: undoing.rows, left: undoing.left.list() }
  })
}

/** The table that a run wrote to, as it is now. */
async function writtenTable(target: Target, name: string): ReturnType<Target['tableNamed']> {
  try {
    return await target.tableNamed(name)
  } catch (error) {
    if (!(error instanceof TargetError) || error.code !== 'target.no_table') throw error
    throw new TargetError(
      'undo.no_table',
      `The run wrote to the table ${name}, which is not there any more.`,
      {
        hint: 'Nothing was undone. Bring the table back (from a backup, or empty, with its columns) and undo again.',
        cause: error,
      },
    )
  }
}

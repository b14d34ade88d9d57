import type { RejectEntry } from '../batch.js'
import type { Connection } from './connection.js'

/**
 * Keeps rejects. One that is open already is not written again; one that was closed is opened again. Two statements, since
 * an `on conflict` that does nothing still sets off the triggers of an insert.
 */
export function keepRejects(
  connection: Connection,
  pipeline: string,
  runId: number,
  rejects: readonly RejectEntry[],
): void {
  const find = connection.reader('select closed_run_id from carryover_rejects where id = ?')
  const reopen = connection.writer(
    `update carryover_rejects set run_id = ?, closed_run_id = null, place = ?, message = ?, record = ? where id = ?`,
  )
  const keep = connection.writer(
    `insert into carryover_rejects (id, run_id, pipeline, legacy_key, place, code, column_name, message, record)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const { id, legacyKey, at, code, column, message, record } of rejects) {
    const known = find([id])
    if (known === undefined) keep([id, runId, pipeline, legacyKey, at, code, column, message, record])
    else if (known[0] !== null) reopen([runId, at, message, record, id])
  }
}

import type { RejectEntry } from '../reject-entry.js'
import type { Connection } from './connection.js'

/**
 * Keeps rejects. One that is open already is renewed where it differs, so that what is kept of its record is what the source
 * has by now; one that was closed is opened again. Two statements, since an `on conflict` that does nothing still sets off the
 * triggers of an insert.
 */
export function keepRejects(
  connection: Connection,
  pipeline: string,
  runId: number,
  rejects: readonly RejectEntry[],
): void {
  const find = connection.reader('select 1 from carryover_rejects where id = ?')
  const renew = connection.writer(
    `update carryover_rejects
        set run_id = iif(closed_run_id is null, run_id, ?), closed_run_id = null,
            ordinal = ?, place = ?, message = ?, copy = ?, record = ?, surroundings = ?
      where id = ?
        and (closed_run_id is not null
             or ordinal is not ? or place is not ? or message is not ? or copy is not ? or record is not ? or surroundings is not ?)`,
  )
  const keep = connection.writer(
    `insert into carryover_rejects
            (id, run_id, pipeline, legacy_key, code, column_name, ordinal, place, message, copy, record, surroundings)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const forget = connection.writer('delete from carryover_rejects where id = ?')
  for (const { id, legacyKey, code, column, replaces, ...told } of rejects) {
    const { ordinal, at, message, copy, record, surroundings } = told
    const state = [ordinal, at, message, copy, record, surroundings]
    if (find([id]) === undefined) keep([id, runId, pipeline, legacyKey, code, column, ...state])
    else renew([runId, ...state, id, ...state])
    for (const replaced of replaces) forget([replaced])
  }
}

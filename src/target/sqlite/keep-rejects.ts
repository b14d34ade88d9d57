import type { RejectEntry } from '../batch.js'
import type { Connection } from './connection.js'

/** Keeps rejects. One that is open already is not written again; one that was closed is opened again. */
export function keepRejects(
  connection: Connection,
  pipeline: string,
  runId: number,
  rejects: readonly RejectEntry[],
): void {
  const keep = connection.writer(
    `insert into carryover_rejects (id, run_id, pipeline, legacy_key, place, code, column_name, message, record)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (id) do update
        set run_id = excluded.run_id, closed_run_id = null, place = excluded.place, message = excluded.message,
            record = excluded.record
      where closed_run_id is not null`,
  )
  for (const { id, legacyKey, at, code, column, message, record } of rejects) {
    keep([id, runId, pipeline, legacyKey, at, code, column, message, record])
  }
}

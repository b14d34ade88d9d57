import type { RejectEntry } from '../batch.js'
import type { Session } from './session.js'
import { textArray } from './text-array.js'

/** Keeps rejects. One that is open already is not written again; one that was closed is opened again. */
export async function keepRejects(
  session: Session,
  pipeline: string,
  runId: number,
  rejects: readonly RejectEntry[],
): Promise<void> {
  if (rejects.length === 0) return
  await session.query(
    `with q as materialized (
       select distinct on (id) *
         from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
           as q(id, legacy_key, place, code, column_name, message, record)),
     reopened as (
       update carryover.rejects r
          set run_id = $9, closed_run_id = null, place = q.place, message = q.message, record = q.record
         from q where r.id = q.id and r.closed_run_id is not null)
     insert into carryover.rejects (id, run_id, pipeline, legacy_key, place, code, column_name, message, record)
     select q.id, $9, $8, q.legacy_key, q.place, q.code, q.column_name, q.message, q.record
       from q where not exists (select 1 from carryover.rejects r where r.id = q.id)`,
    [
      textArray(rejects.map((reject) => reject.id)),
      textArray(rejects.map((reject) => reject.legacyKey)),
      textArray(rejects.map((reject) => reject.at)),
      textArray(rejects.map((reject) => reject.code)),
      textArray(rejects.map((reject) => reject.column)),
      textArray(rejects.map((reject) => reject.message)),
      textArray(rejects.map((reject) => reject.record)),
      pipeline,
      runId,
    ],
  )
}

import type { RejectEntry } from '../reject-entry.js'
import type { Session } from './session.js'
import { textArray, textArrayOf } from './text-array.js'

/**
 * Keeps rejects. One that is open already is renewed where it differs, so that what is kept of its record is what the source
 * has by now; one that was closed is opened again.
 */
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
         from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
           as q(id, ordinal, legacy_key, place, code, column_name, message, record, surroundings, copy)),
     renewed as (
       update carryover.rejects r
          set run_id = case when r.closed_run_id is null then r.run_id else $12 end, closed_run_id = null,
              ordinal = q.ordinal, place = q.place, message = q.message,
              record = q.record, surroundings = q.surroundings, copy = q.copy
         from q
        where r.id = q.id
          and (r.closed_run_id is not null
               or (r.ordinal, r.place, r.message, r.copy, r.record, r.surroundings)
                  is distinct from (q.ordinal, q.place, q.message, q.copy, q.record, q.surroundings)))
     insert into carryover.rejects
            (id, run_id, pipeline, ordinal, legacy_key, place, code, column_name, message, record, surroundings, copy)
     select q.id, $12, $11, q.ordinal, q.legacy_key, q.place, q.code, q.column_name, q.message, q.record, q.surroundings, q.copy
       from q where not exists (select 1 from carryover.rejects r where r.id = q.id)`,
    [
      textArrayOf(rejects, (reject) => reject.id),
      `{${rejects.map((reject) => reject.ordinal).join(',')}}`,
      textArrayOf(rejects, (reject) => reject.legacyKey),
      textArrayOf(rejects, (reject) => reject.at),
      textArrayOf(rejects, (reject) => reject.code),
      textArrayOf(rejects, (reject) => reject.column),
      textArrayOf(rejects, (reject) => reject.message),
      textArrayOf(rejects, (reject) => reject.record),
      textArrayOf(rejects, (reject) => reject.surroundings),
      textArrayOf(rejects, (reject) => reject.copy),
      pipeline,
      runId,
    ],
  )
  const replaced = rejects.flatMap((reject) => reject.replaces)
  if (replaced.length > 0)
    await session.query('delete from carryover.rejects where id = any ($1::text[])', [textArray(replaced)])
}

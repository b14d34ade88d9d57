import type { DefinitionsUse } from '../ledger.js'
import type { Session } from './session.js'

/** See `Ledger.definitionsUses`. */
export async function readDefinitionsUses(session: Session): Promise<DefinitionsUse[]> {
  const rows = await session.query(
    `select id::text, pipelines::text, definitions, to_jsonb(started_at) #>> '{}' as started_at, deployment, commit_sha,
            (status in ('ok', 'rejects'))::text as complete
       from carryover.runs
      where id in (
              select max(id)
                from carryover.runs
               where command = 'run' and definitions is not null and undone_by is null
               group by definitions, pipelines, case when status in ('ok', 'rejects') then 0 else id end)
      order by id desc`,
  )
  return rows.map((row) => ({
    runId: Number(row['id']),
    startedAt: new Date(row['started_at'] as string).toISOString(),
    deployment: row['deployment'] ?? null,
    commit: row['commit_sha'] ?? null,
    pipelines: JSON.parse(row['pipelines'] as string) as string[],
    definitions: row['definitions'] as string,
    isComplete: row['complete'] === 'true',
  }))
}

/** See `Ledger.haveWritten`. */
export async function haveWritten(session: Session, runIds: readonly number[]): Promise<Set<number>> {
  const rows = await session.query(
    `select id::text
       from unnest($1::bigint[]) as asked (id)
      where exists (select from carryover.journal where run_id = id)
         or id in (select run_id from carryover.records)`,
    [`{${runIds.join(',')}}`],
  )
  return new Set(rows.map((row) => Number(row['id'])))
}

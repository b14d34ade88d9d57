import type { DefinitionsUse } from '../ledger.js'
import type { Connection } from './connection.js'

/** See `Ledger.definitionsUses`. */
export function readDefinitionsUses(connection: Connection): DefinitionsUse[] {
  const rows = connection.all(
    `select id, started_at, deployment, commit_sha, pipelines, definitions, status in ('ok', 'rejects')
       from carryover_runs
      where id in (
              select max(id)
                from carryover_runs
               where command = 'run' and definitions is not null and undone_by is null
               group by definitions, pipelines, case when status in ('ok', 'rejects') then 0 else id end)
      order by id desc`,
  )
  return rows.map((row) => ({
    runId: Number(row[0]),
    startedAt: row[1] as string,
    deployment: row[2] as string | null,
    commit: row[3] as string | null,
    pipelines: JSON.parse(row[4] as string) as string[],
    definitions: row[5] as string,
    isComplete: Number(row[6]) === 1,
  }))
}

/** See `Ledger.haveWritten`. */
export function haveWritten(connection: Connection, runIds: readonly number[]): Set<number> {
  const rows = connection.all(
    `select value
       from json_each(?)
      where exists (select 1 from carryover_journal where run_id = value)
         or value in (select run_id from carryover_records)`,
    [JSON.stringify(runIds)],
  )
  return new Set(rows.map((row) => Number(row[0])))
}

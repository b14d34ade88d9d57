import type { Ledger, PipelineState, RunRow } from '../ledger.js'
import type { Connection, Row } from './connection.js'
import { haveWritten, readDefinitionsUses } from './definitions-uses.js'
import { foundLedgerVersion, prepareLedger } from './ledger-schema.js'
import { rejectQueries } from './reject-queries.js'
import { shortCutQueries } from './short-cuts.js'

/** The ledger in the tables `carryover_…`. */
export function openLedger(connection: Connection): Ledger {
  const exists = () => foundLedgerVersion(connection) > 0
  return {
    prepare: async () => prepareLedger(connection),
    exists: async () => exists(),
    beginRun: async (run) => {
      const row = connection.get(
        `insert into carryover_runs
                (id, command, status, started_at, tool_version, pipelines, host, os_user, deployment, commit_sha, definitions)
         select coalesce(max(id), 0) + 1, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ? from carryover_runs
         returning id`,
        [
          run.command,
          run.startedAt.toISOString(),
          run.toolVersion,
          JSON.stringify(run.pipelines),
          run.host,
          run.user,
          run.deployment,
          run.commit,
          run.definitions,
        ],
      )
      return Number(row?.[0])
    },
    finishRun: async (id, end) => {
      connection.run(
        'update carryover_runs set status = ?, exit_code = ?, finished_at = ?, summary = ? where id = ?',
        [end.status, end.exitCode, end.finishedAt.toISOString(), end.summary, id],
      )
    },
    definitionsUses: async () => (exists() ? readDefinitionsUses(connection) : []),
    haveWritten: async (runIds) => (exists() ? haveWritten(connection, runIds) : new Set()),
    runs: async ({ limit, runId }) => (exists() ? readRuns(connection, limit, runId) : []),
    ...rejectQueries(connection, exists),
    ...shortCutQueries(connection),
    states: async () => (exists() ? readStates(connection) : []),
  }
}

function readRuns(connection: Connection, limit: number, runId: number | undefined): RunRow[] {
  const rows = connection.all(
    `select id, command, status, exit_code, started_at, finished_at, tool_version, host, os_user, deployment, commit_sha,
            pipelines, summary, undoes, undone_by
       from carryover_runs
      where id = coalesce(?, id)
      order by id desc
      limit ?`,
    [runId ?? null, limit],
  )
  return rows.map((row) => ({
    id: Number(row[0]),
    command: row[1] as string,
    status: row[2] as string,
    exitCode: row[3] === null ? null : Number(row[3]),
    startedAt: row[4] as string,
    finishedAt: row[5] as string | null,
    toolVersion: row[6] as string,
    host: row[7] as string,
    user: row[8] as string,
    deployment: row[9] as string | null,
    commit: row[10] as string | null,
    pipelines: JSON.parse(row[11] as string) as string[],
    summary: row[12] as string | null,
    undoes: row[13] === null ? null : Number(row[13]),
    undoneBy: row[14] === null ? null : Number(row[14]),
  }))
}

function readStates(connection: Connection): PipelineState[] {
  const rows = connection.all(
    `select coalesce(r.pipeline, j.pipeline), coalesce(r.target, ''), coalesce(r.owners, 0), coalesce(r.aliases, 0),
            coalesce(r.deleted, 0), coalesce(j.open, 0)
       from (select pipeline, max(target) as target,
                    count(*) filter (where role in ('owner', 'stub')) as owners,
                    count(*) filter (where role = 'alias')   as aliases,
                    count(*) filter (where role = 'deleted') as deleted
               from carryover_records
              group by pipeline) r
       full join (select pipeline, count(*) as open
                    from carryover_rejects
                   where closed_run_id is null
                   group by pipeline) j
         on j.pipeline = r.pipeline
      order by 1`,
  )
  return rows.map(pipelineState)
}

function pipelineState(row: Row): PipelineState {
  const [owners, aliases, deleted, openRejects] = row.slice(2).map(Number) as [number, number, number, number]
  return { pipeline: row[0] as string, table: row[1] as string, owners, aliases, deleted, openRejects }
}

import { TargetError } from '../../errors.js'
import type { Ledger, PipelineState, RunRow } from '../ledger.js'
import { haveWritten, readDefinitionsUses } from './definitions-uses.js'
import { ledgerSteps, ledgerVersion } from './ledger-schema.js'
import { rejectQueries } from './reject-queries.js'
import { shortCutQueries } from './short-cuts.js'
import type { Session, TextRow } from './session.js'

/** The ledger in the schema `carryover`. `onReady` is told when it came to be. */
export function openLedger(session: Session, onReady: () => void): Ledger {
  const version = async (): Promise<number> => {
    const there = await session.query(`select to_regclass('carryover.meta')::text as meta`)
    if (there[0]?.['meta'] == null) return 0
    return Number((await session.query('select version::text from carryover.meta'))[0]?.['version'] ?? 0)
  }
  return {
    prepare: async () => {
      const found = await version()
      if (found > ledgerVersion) {
        throw new TargetError(
          'ledger.newer',
          `The ledger in this database has version ${found}, this carryover knows ${ledgerVersion}.`,
          {
            hint: 'A newer carryover ran here: update the package before you run again.',
          },
        )
      }
      for (const step of ledgerSteps.slice(found)) await session.query(step)
      onReady()
    },
    exists: async () => (await version()) > 0,
    beginRun: async (run) => {
      const rows = await session.query(
        `insert into carryover.runs (id, command, status, started_at, tool_version, pipelines, host, os_user, deployment, commit_sha,
                                     definitions)
         select coalesce(max(id), 0) + 1, $1, 'running', $2, $3, $4, $5, $6, $7, $8, $9 from carryover.runs
         returning id::text`,
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
      return Number(rows[0]?.['id'])
    },
    finishRun: async (id, end) => {
      await session.query(
        'update carryover.runs set status = $2, exit_code = $3, finished_at = $4, summary = $5 where id = $1',
        [id, end.status, end.exitCode, end.finishedAt.toISOString(), end.summary],
      )
    },
    definitionsUses: async () => ((await version()) === 0 ? [] : readDefinitionsUses(session)),
    haveWritten: async (runIds) => ((await version()) === 0 ? new Set() : haveWritten(session, runIds)),
    runs: async ({ limit, runId }) => {
      if ((await version()) === 0) return []
      const rows = await session.query(
        `select id::text, command, status, exit_code::text, to_jsonb(started_at) #>> '{}' as started_at,
                to_jsonb(finished_at) #>> '{}' as finished_at, tool_version, pipelines::text, host, os_user, deployment, commit_sha,
                undoes::text, undone_by::text, summary::text
           from carryover.runs where $1::bigint is null or id = $1::bigint order by id desc limit $2`,
        [runId ?? null, limit],
      )
      return rows.map(runRow)
    },
    ...rejectQueries(session, async () => (await version()) > 0),
    ...shortCutQueries(session),
    states: async () => {
      if ((await version()) === 0) return []
      const rows = await session.query(
        `select coalesce(r.pipeline, j.pipeline) as pipeline, coalesce(r.target, '') as target,
                coalesce(r.owners, 0)::text as owners, coalesce(r.aliases, 0)::text as aliases,
                coalesce(r.deleted, 0)::text as deleted, coalesce(j.open, 0)::text as open
           from (select pipeline, max(target) as target,
                        count(*) filter (where role in ('owner', 'stub')) as owners,
                        count(*) filter (where role = 'alias')   as aliases,
                        count(*) filter (where role = 'deleted') as deleted
                   from carryover.records group by pipeline) r
           full join (select pipeline, count(*) as open from carryover.rejects where closed_run_id is null group by pipeline) j
             on j.pipeline = r.pipeline
          order by 1`,
      )
      return rows.map(pipelineState)
    },
  }
}

function runRow(row: TextRow): RunRow {
  return {
    id: Number(row['id']),
    command: row['command'] as string,
    status: row['status'] as string,
    exitCode: row['exit_code'] == null ? null : Number(row['exit_code']),
    startedAt: new Date(row['started_at'] as string).toISOString(),
    finishedAt: row['finished_at'] == null ? null : new Date(row['finished_at']).toISOString(),
    toolVersion: row['tool_version'] as string,
    host: row['host'] as string,
    user: row['os_user'] as string,
    deployment: row['deployment'] ?? null,
    commit: row['commit_sha'] ?? null,
    pipelines: JSON.parse(row['pipelines'] as string) as string[],
    undoes: row['undoes'] == null ? null : Number(row['undoes']),
    undoneBy: row['undone_by'] == null ? null : Number(row['undone_by']),
    summary: row['summary'] ?? null,
  }
}

function pipelineState(row: TextRow): PipelineState {
  return {
    pipeline: row['pipeline'] as string,
    table: row['target'] as string,
    owners: Number(row['owners']),
    aliases: Number(row['aliases']),
    deleted: Number(row['deleted']),
    openRejects: Number(row['open']),
  }
}

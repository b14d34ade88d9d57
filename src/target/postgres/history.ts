import type { History, NotedLine, RunStep, Standing, StepWrites } from '../history.js'
import { laterRuns } from './later-runs.js'
import { obstructingRuns } from './obstructing-runs.js'
import { pointingRuns } from './pointing-runs.js'
import { deleteRows, insertRows, putEntries, restoreRows } from './put-back.js'
import type { Session, TextRow } from './session.js'

/** What is noted of earlier runs, and the writes that take them back. */
export function openHistory(session: Session): History {
  return {
    // Who looks for entries by their run is rare: no run pays for an index that only this needs.
    open: async () => {
      await session.query('create index carryover_undo on carryover.records (run_id, step)')
    },
    close: async () => {
      await session.query('drop index carryover.carryover_undo')
    },
    steps: (runIds) => readSteps(session, runIds),
    writes: (step, runIds) => readWrites(session, step, runIds),
    laterRuns: (runIds) => laterRuns(session, runIds),
    pointingRuns: (table, rowKeys) => pointingRuns(session, table, rowKeys),
    obstructingRuns: (table, rows) => obstructingRuns(session, table, rows),
    restore: (table, rows) => restoreRows(session, table, rows),
    delete: (table, rowKeys) => deleteRows(session, table, rowKeys),
    insert: (table, rows) => insertRows(session, table, rows),
    putEntries: (pipeline, entries) => putEntries(session, pipeline, entries),
    markUndone: async (runIds, { runId, undoes }) => {
      const list = `{${runIds.join(',')}}`
      await session.query('delete from carryover.journal where run_id = any ($1::bigint[])', [list])
      await session.query('update carryover.runs set undone_by = $2 where id = any ($1::bigint[])', [
        list,
        runId,
      ])
      await session.query('update carryover.runs set undoes = $2 where id = $1', [runId, undoes])
    },
  }
}

async function readSteps(session: Session, runIds: readonly number[]): Promise<RunStep[]> {
  // What an entry was before is a step too: its line shows when the later one is taken back.
  const rows = await session.query(
    `select run_id::text as run, step::text as step
       from (select run_id, step from carryover.journal where run_id = any ($1::bigint[])
             union
             select run_id, step from carryover.records where run_id = any ($1::bigint[])
             union
             select (entry ->> 'run_id')::bigint, (entry ->> 'step')::bigint
               from carryover.journal
              where run_id = any ($1::bigint[]) and (entry ->> 'run_id')::bigint = any ($1::bigint[])) s (run_id, step)
      order by s.run_id desc, s.step desc`,
    [`{${runIds.join(',')}}`],
  )
  return rows.map((row) => ({ runId: Number(row['run']), step: Number(row['step']) }))
}

async function readWrites(
  session: Session,
  { runId, step }: RunStep,
  runIds: readonly number[],
): Promise<StepWrites> {
  // The last line first: what one statement gave away, a later one of the same step may have taken. What the step itself had
  // written before is nothing to go back to.
  const lines = await session.query(
    `select j.pipeline, j.legacy_key, j.action, j.target, j.row_key, j.before::text as before, r.applied,
            case when not j.own then j.entry::text end as entry,
            case when r.legacy_key is null then 'gone'
                 when r.run_id = j.run_id and r.step = j.step then 'here' else 'elsewhere' end as standing,
            ((j.entry ->> 'made')::boolean and (j.entry ->> 'run_id')::bigint = any ($3::bigint[])
             and not exists (
               select 1 from carryover.journal e
                where e.target = j.target and e.row_key = j.row_key and e.pipeline = j.pipeline
                  and e.legacy_key = j.legacy_key and e.action <> 'insert'
                  and e.run_id = any ($3::bigint[]) and (e.run_id, e.step) < (j.run_id, j.step)
                  and (e.entry is null or (e.entry ->> 'run_id')::bigint <> all ($3::bigint[]))))::text as made_here,
            exists (
               select 1 from carryover.journal e
                where e.target = j.target and e.row_key = j.row_key and e.action = 'update' and e.legacy_key is not null
                  and e.run_id = any ($3::bigint[]) and (e.run_id, e.step) <> (j.run_id, j.step))::text as again
       from (select *, ctid as line, coalesce((entry ->> 'run_id')::bigint = run_id and (entry ->> 'step')::bigint = step, false) as own
               from carryover.journal
              where run_id = $1 and step = $2) j
       left join carryover.records r on r.pipeline = j.pipeline and r.legacy_key = j.legacy_key
      order by j.own desc, j.line desc`,
    [runId, step, `{${runIds.join(',')}}`],
  )
  const added = await session.query(
    `select r.pipeline, r.legacy_key, r.target, r.row_key, r.made::text as made, r.applied
       from carryover.records r
      where r.run_id = $1 and r.step = $2
        and (r.pipeline, r.legacy_key) not in (
              select pipeline, legacy_key from carryover.journal
               where run_id = $1 and step = $2 and legacy_key is not null)`,
    [runId, step],
  )
  return {
    lines: lines.map(notedLine),
    added: added.map((row) => ({
      pipeline: row['pipeline'] as string,
      legacyKey: row['legacy_key'] as string,
      target: row['target'] as string,
      rowKey: row['row_key'] as string,
      made: row['made'] === 'true',
      applied: row['applied'] ?? null,
    })),
  }
}

function notedLine(row: TextRow): NotedLine {
  const before = row['before'] ?? null
  return {
    pipeline: row['pipeline'] as string,
    legacyKey: row['legacy_key'] ?? null,
    action: row['action'] as NotedLine['action'],
    target: row['target'] as string,
    rowKey: row['row_key'] as string,
    before: before === null ? null : new Map(Object.entries(JSON.parse(before) as Record<string, string>)),
    entry: row['entry'] ?? null,
    applied: row['applied'] ?? null,
    standing: row['standing'] as Standing,
    madeHere: row['made_here'] === 'true',
    again: row['again'] === 'true',
  }
}

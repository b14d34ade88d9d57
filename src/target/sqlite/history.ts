import type { History, NotedLine, RunStep, Standing, StepWrites } from '../history.js'
import type { Connection, Row } from './connection.js'
import { laterRuns } from './later-runs.js'
import { obstructingRuns } from './obstructing-runs.js'
import { pointingRuns } from './pointing-runs.js'
import { deleteRows, insertRows, putEntries, restoreRows } from './put-back.js'

/** What is noted of earlier runs, and the writes that take them back. `guarded` translates errors. */
export function openHistory(
  connection: Connection,
  guarded: <Result>(work: () => Result) => Promise<Result>,
): History {
  return {
    // Who looks for entries by their run is rare: no run pays for an index that only this needs.
    open: () =>
      guarded(() => connection.exec('create index carryover_undo on carryover_records (run_id, step)')),
    close: () => guarded(() => connection.exec('drop index carryover_undo')),
    steps: (runIds) => guarded(() => readSteps(connection, runIds)),
    writes: (step, runIds) => guarded(() => readWrites(connection, step, runIds)),
    laterRuns: (runIds) => guarded(() => laterRuns(connection, runIds)),
    pointingRuns: (table, rowKeys) => guarded(() => pointingRuns(connection, table, rowKeys)),
    obstructingRuns: (table, rows) => guarded(() => obstructingRuns(connection, table, rows)),
    restore: (table, rows) => guarded(() => restoreRows(connection, table, rows)),
    delete: (table, rowKeys) => guarded(() => deleteRows(connection, table, rowKeys)),
    insert: (table, rows) => guarded(() => insertRows(connection, table, rows)),
    putEntries: (pipeline, entries) => guarded(() => putEntries(connection, pipeline, entries)),
    markUndone: (runIds, { runId, undoes }) =>
      guarded(() => {
        const list = JSON.stringify(runIds)
        connection.run('delete from carryover_journal where run_id in (select value from json_each(?))', [
          list,
        ])
        connection.run(
          'update carryover_runs set undone_by = ? where id in (select value from json_each(?))',
          [runId, list],
        )
        connection.run('update carryover_runs set undoes = ? where id = ?', [undoes, runId])
      }),
  }
}

function readSteps(connection: Connection, runIds: readonly number[]): RunStep[] {
  // What an entry was before is a step too: its line shows when the later one is taken back.
  const rows = connection.all(
    `with undone as (select value as id from json_each(?))
     select run_id, step from carryover_journal where run_id in (select id from undone)
     union
     select run_id, step from carryover_records where run_id in (select id from undone)
     union
     select entry ->> 'run_id', entry ->> 'step'
       from carryover_journal
      where run_id in (select id from undone) and entry ->> 'run_id' in (select id from undone)
      order by 1 desc, 2 desc`,
    [JSON.stringify(runIds)],
  )
  return rows.map((row) => ({ runId: Number(row[0]), step: Number(row[1]) }))
}

function readWrites(connection: Connection, { runId, step }: RunStep, runIds: readonly number[]): StepWrites {
  // The last line first: what one statement gave away, a later one of the same step may have taken. What the step itself had
  // written before is nothing to go back to.
  const lines = connection.all(
    `with undone as (select value as id from json_each(?))
     select j.pipeline, j.legacy_key, j.action, j.target, j.row_key, j.before, case when not j.own then j.entry end, r.applied,
            case when r.legacy_key is null then 'gone'
                 when r.run_id = j.run_id and r.step = j.step then 'here' else 'elsewhere' end,
            j.entry ->> 'made' and j.entry ->> 'run_id' in (select id from undone)
            and not exists (
              select 1 from carryover_journal e
               where e.target = j.target and e.row_key = j.row_key and e.pipeline = j.pipeline
                 and e.legacy_key = j.legacy_key and e.action <> 'insert'
                 and e.run_id in (select id from undone) and (e.run_id, e.step) < (j.run_id, j.step)
                 and (e.entry is null or e.entry ->> 'run_id' not in (select id from undone))),
            exists (
              select 1 from carryover_journal e
               where e.target = j.target and e.row_key = j.row_key and e.action = 'update' and e.legacy_key is not null
                 and e.run_id in (select id from undone) and (e.run_id, e.step) <> (j.run_id, j.step))
       from (select *, rowid as line, coalesce(entry ->> 'run_id' = run_id and entry ->> 'step' = step, 0) as own
               from carryover_journal
              where run_id = ? and step = ?) j
       left join carryover_records r on r.pipeline = j.pipeline and r.legacy_key = j.legacy_key
      order by j.own desc, j.line desc`,
    [JSON.stringify(runIds), runId, step],
  )
  const added = connection.all(
    `select r.pipeline, r.legacy_key, r.target, r.row_key, r.made, r.applied
       from carryover_records r
      where r.run_id = ? and r.step = ?
        and (r.pipeline, r.legacy_key) not in (
              select pipeline, legacy_key from carryover_journal
               where run_id = ? and step = ? and legacy_key is not null)`,
    [runId, step, runId, step],
  )
  return {
    lines: lines.map(notedLine),
    added: added.map((row) => ({
      pipeline: row[0] as string,
      legacyKey: row[1] as string,
      target: row[2] as string,
      rowKey: row[3] as string,
      made: row[4] === 1n,
      applied: row[5] as string | null,
    })),
  }
}

function notedLine(row: Row): NotedLine {
  const before = row[5] as string | null
  return {
    pipeline: row[0] as string,
    legacyKey: row[1] as string | null,
    action: row[2] as NotedLine['action'],
    target: row[3] as string,
    rowKey: row[4] as string,
    before: before === null ? null : new Map(Object.entries(JSON.parse(before) as Record<string, string>)),
    entry: row[6] as string | null,
    applied: row[7] as string | null,
    standing: row[8] as Standing,
    madeHere: row[9] === 1n,
    again: row[10] === 1n,
  }
}

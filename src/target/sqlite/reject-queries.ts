import type { RejectCopy } from '../reject-entry.js'
import type { Ledger, RejectRow } from '../ledger.js'
import type { Connection, Row } from './connection.js'

/** The part of the ledger that tells of rejects, and which of their keys it knows; it answers nothing as long as there is no ledger. */
export function rejectQueries(
  connection: Connection,
  exists: () => boolean,
): Pick<Ledger, 'rejects' | 'rejectCopies' | 'knownKeys' | 'knowsAny' | 'openRejectIds' | 'closeRejects'> {
  const ask: Connection['all'] = (text, params) => (exists() ? connection.all(text, params) : [])
  return {
    rejects: async ({ pipelines, runId }) => {
      const rows = ask(
        `select id, run_id, pipeline, ordinal, legacy_key, place, code, column_name, message, copy
           from carryover_rejects
          where (? or pipeline in (select value from json_each(?)))
            and case when ? then closed_run_id is null else run_id = ? end
          order by run_id, pipeline, ordinal, id`,
        [
          Number(pipelines === undefined),
          JSON.stringify(pipelines ?? []),
          Number(runId === undefined),
          runId ?? null,
        ],
      )
      return rows.map(rejectRow)
    },
    rejectCopies: async (ids) => {
      const rows = ask(
        `select id, copy, record, surroundings from carryover_rejects
          where id in (select value from json_each(?))`,
        [JSON.stringify(ids)],
      )
      return new Map(rows.map((row) => [row[0] as string, rejectCopy(row)]))
    },
    knownKeys: async (pipeline, legacyKeys) => {
      const rows = ask(
        `select legacy_key, run_id from carryover_records
          where pipeline = ? and legacy_key in (select value from json_each(?))`,
        [pipeline, JSON.stringify(legacyKeys)],
      )
      return new Map(rows.map((row) => [row[0] as string, Number(row[1])]))
    },
    knowsAny: async (pipeline) =>
      ['carryover_records', 'carryover_rejects'].some(
        (table) => ask(`select 1 from ${table} where pipeline = ? limit 1`, [pipeline]).length > 0,
      ),
    openRejectIds: async (pipeline) => {
      const rows = ask(
        'select id from carryover_rejects where pipeline = ? and closed_run_id is null order by id',
        [pipeline],
      )
      return rows.map((row) => row[0] as string)
    },
    closeRejects: async (pipeline, runId, ids) => {
      if (ids.length === 0) return
      connection.run(
        `update carryover_rejects
            set closed_run_id = ?, record = null, surroundings = null, copy = 'none'
          where pipeline = ? and closed_run_id is null and id in (select value from json_each(?))`,
        [runId, pipeline, JSON.stringify(ids)],
      )
    },
  }
}

function rejectRow(row: Row): RejectRow {
  return {
    id: row[0] as string,
    runId: Number(row[1]),
    pipeline: row[2] as string,
    ordinal: Number(row[3]),
    legacyKey: row[4] as string | null,
    at: row[5] as string,
    code: row[6] as string,
    column: row[7] as string | null,
    message: row[8] as string,
    copy: row[9] as RejectRow['copy'],
  }
}

function rejectCopy(row: Row): RejectCopy {
  return {
    copy: row[1] as RejectCopy['copy'],
    record: row[2] as string | null,
    surroundings: row[3] as string | null,
  }
}

import type { RejectCopy } from '../reject-entry.js'
import type { Ledger, RejectRow } from '../ledger.js'
import type { Session, TextRow } from './session.js'
import { textArray } from './text-array.js'

/** The part of the ledger that tells of rejects, and which of their keys it knows; it answers nothing as long as there is no ledger. */
export function rejectQueries(
  session: Session,
  exists: () => Promise<boolean>,
): Pick<Ledger, 'rejects' | 'rejectCopies' | 'knownKeys' | 'knowsAny' | 'openRejectIds' | 'closeRejects'> {
  const ask = async (text: string, params: readonly unknown[]): Promise<TextRow[]> =>
    (await exists()) ? session.query(text, params) : []
  return {
    rejects: async ({ pipelines, runId }) => {
      const rows = await ask(
        `select id, run_id::text, pipeline, ordinal::text, legacy_key, place, code, column_name, message, copy
           from carryover.rejects
          where ($1::text[] is null or pipeline = any ($1::text[]))
            and case when $2::bigint is null then closed_run_id is null else run_id = $2::bigint end
          order by rejects.run_id, pipeline collate "C", rejects.ordinal, id collate "C"`,
        [pipelines === undefined ? null : textArray(pipelines), runId ?? null],
      )
      return rows.map(rejectRow)
    },
    rejectCopies: async (ids) => {
      const rows = await ask(
        'select id, copy, record, surroundings from carryover.rejects where id = any ($1::text[])',
        [textArray(ids)],
      )
      return new Map(rows.map((row) => [row['id'] as string, rejectCopy(row)]))
    },
    knownKeys: async (pipeline, legacyKeys) => {
      const rows = await ask(
        'select legacy_key, run_id::text from carryover.records where pipeline = $1 and legacy_key = any ($2::text[])',
        [pipeline, textArray(legacyKeys)],
      )
      return new Map(rows.map((row) => [row['legacy_key'] as string, Number(row['run_id'])]))
    },
    knowsAny: async (pipeline) => {
      const rows = await ask(
        `select 1 from (select pipeline from carryover.records union all select pipeline from carryover.rejects) noted
          where pipeline = $1 limit 1`,
        [pipeline],
      )
      return rows.length > 0
    },
    openRejectIds: async (pipeline) => {
      const rows = await ask(
        'select id from carryover.rejects where pipeline = $1 and closed_run_id is null order by id',
        [pipeline],
      )
      return rows.map((row) => row['id'] as string)
    },
    closeRejects: async (pipeline, runId, ids) => {
      if (ids.length === 0) return
      await session.query(
        `update carryover.rejects set closed_run_id = $2, record = null, surroundings = null, copy = 'none'
          where pipeline = $1 and id = any ($3::text[]) and closed_run_id is null`,
        [pipeline, runId, textArray(ids)],
      )
    },
  }
}

function rejectRow(row: TextRow): RejectRow {
  return {
    id: row['id'] as string,
    runId: Number(row['run_id']),
    pipeline: row['pipeline'] as string,
    ordinal: Number(row['ordinal']),
    legacyKey: row['legacy_key'] ?? null,
    at: row['place'] as string,
    code: row['code'] as string,
    column: row['column_name'] ?? null,
    message: row['message'] as string,
    copy: row['copy'] as RejectRow['copy'],
  }
}

function rejectCopy(row: TextRow): RejectCopy {
  return {
    copy: row['copy'] as RejectCopy['copy'],
    record: row['record'] ?? null,
    surroundings: row['surroundings'] ?? null,
  }
}

import type { ResolvedRow } from '../batch.js'
import type { TargetTable } from '../table.js'
import { quoteName } from './quote.js'
import { isRow, rowKeyText } from './row-key.js'
import type { Session } from './session.js'
import { castsOf } from './stage.js'
import { textArray } from './text-array.js'

/** Legacy key → row, for those whose row exists. */
export async function resolve(
  session: Session,
  records: string,
  pipeline: string,
  table: TargetTable,
  legacyKeys: readonly string[],
): Promise<Map<string, ResolvedRow>> {
  const rows = await session.query(
    `select l.legacy_key, l.row_key, l.role
       from unnest($1::text[]) as q(legacy_key)
      -- One look-up a key. Left to itself and without statistics, the planner goes through all records of the pipeline.
      cross join lateral (
            select l.legacy_key, l.row_key, l.role from ${records} l
             where l.pipeline = $2 and l.legacy_key = q.legacy_key and l.role <> 'deleted' offset 0) l
       join ${table.sql} t on ${isRow(table, 't', 'l.row_key')}`,
    [textArray(legacyKeys), pipeline],
  )
  return new Map(
    rows.map((row) => [
      row['legacy_key'] as string,
      { rowKey: row['row_key'] as string, isAlias: row['role'] === 'alias' },
    ]),
  )
}

/** Value of `column` → row key, for the values that exactly one row holds. */
export async function resolveBy(
  session: Session,
  table: TargetTable,
  column: string,
  values: readonly string[],
): Promise<Map<string, string>> {
  const rows = await session.query(
    `select q.value, min(${rowKeyText(table, 't')}) as row_key
       from unnest($1::text[]) as q(value)
       join ${table.sql} t on t.${quoteName(column)} = q.value::${castsOf(table).get(column)}
      group by q.value
     having count(*) = 1`,
    [textArray(values)],
  )
  return new Map(rows.map((row) => [row['value'] as string, row['row_key'] as string]))
}

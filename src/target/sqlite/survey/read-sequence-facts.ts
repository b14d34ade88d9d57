import type { SequenceFacts } from '../../sequence-facts.js'
import type { Connection } from '../connection.js'
import { quoteName } from '../quote.js'
import { parsedTable, tableNames } from './surveyed-tables.js'

/** https://sqlite.org/autoinc.html */
const greatest = '9223372036854775807'

/**
 * Every `autoincrement` key with the state of `sqlite_sequence`, and every integer primary key that nothing fills: one whose
 * type is not written `integer`, which is no row number.
 */
export function readSequenceFacts(connection: Connection, schemas: readonly string[]): SequenceFacts[] {
  return tableNames(connection, schemas).flatMap((table) => readSequencesOf(connection, table))
}

/** The same of one table; at most one. @param table its name in the database */
export function readSequencesOf(connection: Connection, table: string): SequenceFacts[] {
  const [key, ...others] = connection.all(
    `select i.name, lower(i.type), i.dflt_value,
            exists (select 1 from pragma_foreign_key_list(?) k where k."from" = i.name),
            (select wr from pragma_table_list where schema = 'main' and name = ?)
       from pragma_table_info(?) i where i.pk > 0`,
    [table, table, table],
  )
  if (key === undefined || others.length > 0) return []
  const [column, type, fill, refers, withoutRowid] = key as [string, string, string | null, bigint, bigint]
  const draws = parsedTable(connection, table).primaryKey?.autoincrement === true
  const isRowNumber = type === 'integer' && withoutRowid === 0n
  if (!draws && (isRowNumber || !type.includes('int') || fill !== null || refers !== 0n)) return []
  const max = connection.get(`select max(${quoteName(column)}) from ${quoteName(table)}`)?.[0] as
    bigint | null
  const last = draws
    ? ((connection.get('select seq from sqlite_sequence where name = ?', [table])?.[0] ?? null) as
        bigint | null)
    : null
  const reached = last ?? 0n
  return [
    {
      table,
      tableSql: quoteName(table),
      schema: 'main',
      column,
      kind: draws ? 'autoincrement' : null,
      sequence: draws ? table : null,
      max: max === null ? null : String(max),
      last: reached === 0n ? null : String(reached),
      next: draws && String(reached) !== greatest ? String(reached + 1n) : null,
      step: '1',
      limit: greatest,
      cycles: false,
      isKnown: true,
    },
  ]
}

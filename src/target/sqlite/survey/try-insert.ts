import Database from 'better-sqlite3'
import { columnsLeftOut, givenColumns, madeUpText } from '../../probe-row.js'
import type { RefusedInsert, SurveyedColumn, SurveyedTable } from '../../survey.js'
import type { Connection } from '../connection.js'
import { quoteText } from '../quote.js'

/**
 * Inserts a row without what defaults and the key should fill, and takes it back; answers what SQLite said against it. Its values
 * are those of a row that is there, or made up where there is none: what is wrong with them says nothing of the table.
 */
export function tryInsert(connection: Connection, table: SurveyedTable): RefusedInsert | null {
  const isFilled = connection.get(`select 1 from ${table.sql} limit 1`) !== undefined
  const given = givenColumns(table).filter((column) => isFilled || !column.nullable)
  const values = given.map((column) => (isFilled ? column.sql : madeUp(column))).join(', ')
  const names = given.map((column) => column.sql).join(', ')
  connection.exec('savepoint carryover_probe')
  try {
    return tried(
      connection,
      table,
      given.length === 0
        ? `insert into ${table.sql} default values`
        : `insert into ${table.sql} (${names}) select ${values}${isFilled ? ` from ${table.sql} limit 1` : ''}`,
    )
  } finally {
    // A trigger may have rolled everything back already.
    if (connection.inTransaction) connection.exec('rollback to carryover_probe; release carryover_probe')
  }
}

function madeUp({ type }: SurveyedColumn): string {
  return type.kind === 'bytes' ? `x''` : quoteText(madeUpText(type))
}

/**
 * What cannot be prepared speaks of the table: its references, defaults and triggers. What fails later speaks of the values, but
 * for a null in a column that was left out.
 */
function tried(connection: Connection, table: SurveyedTable, insert: string): RefusedInsert | null {
  let isPrepared = false
  try {
    const write = connection.writer(insert)
    isPrepared = true
    write([])
    return null
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || !ofTheStatement.test(error.code)) throw error
    const said = `SQLite: ${error.message} (${error.code}).`
    if (!isPrepared) return ofTheConnection.test(error.message) ? null : { said, column: undefined }
    const column = columnsLeftOut(table).find(
      ({ name }) => error.message === `NOT NULL constraint failed: ${table.name}.${name}`,
    )
    return column === undefined ? null : { said, column: column.name }
  }
}

/** https://sqlite.org/rescode.html; the other codes speak of the file, the disk and those who wait for it. */
const ofTheStatement = /^SQLITE_(CONSTRAINT|ERROR|MISMATCH|RANGE|TOOBIG)/
/** Each program brings functions, collations and modules of its own: another one may have them. */
const ofTheConnection = /^(no such|unknown) (function|collation sequence|module)/

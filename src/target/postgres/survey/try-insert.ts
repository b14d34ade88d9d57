import { columnsLeftOut, givenColumns, madeUpText } from '../../probe-row.js'
import type { RefusedInsert, SurveyedColumn, SurveyedTable } from '../../survey.js'
import { quoteText } from '../quote.js'
import type { Session } from '../session.js'
import { ServerError } from '../translate-error.js'

/**
 * Inserts a row without what defaults, identities and the key should fill, and rolls it back; answers what the server said
 * against it. Its values are those of a row that is there, or made up where there is none to be read: what is wrong with them (a
 * check, a unique key, a reference, a trigger's own rule) says nothing of the table. Numbers that sequences hand out on the way
 * are lost.
 */
export async function tryInsert(session: Session, table: SurveyedTable): Promise<RefusedInsert | null> {
  const { may, sql } = table
  await session.query('savepoint carryover_probe')
  try {
    const isFilled = may.select && (await session.query(`select 1 as one from ${sql} limit 1`)).length > 0
    const given = givenColumns(table).filter((column) => isFilled || !column.nullable)
    const values = given.map((column) => (isFilled ? column.sql : madeUp(column))).join(', ')
    // What cannot even be made up says nothing of an insert.
    if (!isFilled && (await refusal(session, `select ${values}`)) !== null) return null
    const names = given.map((column) => column.sql).join(', ')
    const refused = await refusal(
      session,
      given.length === 0
        ? `insert into ${sql} default values`
        : `insert into ${sql} (${names}) select ${values}${isFilled ? ` from ${sql} limit 1` : ''}`,
    )
    return refused === null ? null : aboutTheTable(refused, table)
  } finally {
    await session.query('rollback to savepoint carryover_probe; release savepoint carryover_probe')
  }
}

/** What the server says against a statement. @throws what is not about the statement: a lost connection, a read-only server */
async function refusal(session: Session, statement: string): Promise<ServerError | null> {
  try {
    await session.query(statement)
    return null
  } catch (error) {
    if (!(error instanceof ServerError) || error.retryable || error.sqlState.startsWith('25')) throw error
    return error
  }
}

function madeUp({ type, declared }: SurveyedColumn): string {
  return `${quoteText(madeUpText(type))}::${declared.replace(/\(.*?\)/, '')}`
}

/**
 * A null in a column that was left out, a right that is missing, a default or a trigger that does not run.
 *
 * Source: PostgreSQL documentation, appendix A. Not classes 22 and 23, which speak of values; not P0 and 38, by which functions
 * do; not 42804 and 42846, which speak of the types of made-up values.
 */
function aboutTheTable(error: ServerError, table: SurveyedTable): RefusedInsert | null {
  const { message: said, sqlState } = error
  if (sqlState === '23502') {
    const column = columnsLeftOut(table).find(({ name }) => name === error.column)
    return column === undefined ? null : { said, column: column.name }
  }
  // Row security refuses rows by the same code.
  if (sqlState === '42501' && table.hidesRows) return null
  const isAbout = ofTheTable.test(sqlState) && !['42804', '42846'].includes(sqlState)
  return isAbout ? { said, column: undefined } : null
}

/** Class 42: names and rights · 2F, 39: functions that break their own form · 2200H: a sequence at its end · 54001: triggers without end */
const ofTheTable = /^(42|2F|39|2200H|54001)/

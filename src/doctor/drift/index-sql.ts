import type { SurveyedTable } from '../../target/survey.js'
import { quoteName } from '../quote.js'
import type { DeclaredIndex } from './declared-index.js'

/** The statement that makes a declared index. */
export function indexSql(live: SurveyedTable, index: DeclaredIndex): string {
  const { name, unique, method, membersSql, predicateSql } = index
  const head = `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${name === undefined ? '' : `${quoteName(name)} `}`
  const where = predicateSql === undefined ? '' : ` WHERE ${predicateSql}`
  return `${head}ON ${live.sql} USING ${method} (${membersSql})${where};`
}

import { quoteName } from './quote-name.js'
import type { SurveyedForeignKey, SurveyedTable } from './survey.js'
import type { UniqueKey } from './table.js'

/** What an audit asks of rows, in SQL that every engine understands. */
type Questioned = Pick<SurveyedTable, 'sql'>

/** The number of rows, `atMost` at most; with a column, of those in which it is not null. */
export function rowsSql(table: Questioned, atMost: number, column?: string): string {
  const filled = column === undefined ? '' : ` where ${quoteName(column)} is not null`
  return `select count(*) as count from (select 1 from ${table.sql}${filled} limit ${atMost}) counted`
}

/** The distinct texts of a column, one more than `limit` at most. */
export function distinctTextsSql(table: Questioned, column: string, limit: number): string {
  const name = quoteName(column)
  return `select distinct cast(${name} as text) as text from ${table.sql} where ${name} is not null limit ${limit + 1}`
}

/**
 * The number of groups of rows whose values in a unique key differ by the case of texts alone. A null makes a row like no other,
 * unless the key calls nulls equal. Columns that fold case themselves, and those that are no text, are compared as they are.
 */
export function caseTwinsSql(
  table: Pick<SurveyedTable, 'sql' | 'columns'>,
  { columns, nullsNotDistinct }: Pick<UniqueKey, 'columns' | 'nullsNotDistinct'>,
): string {
  const members = columns.map((name) => {
    const column = table.columns.find((one) => one.name === name)
    const folds = column?.type.kind === 'text' && !column.foldsCase
    return folds ? `lower(cast(${quoteName(name)} as text))` : quoteName(name)
  })
  const filled = columns.map((column) => `${quoteName(column)} is not null`).join(' and ')
  const where = nullsNotDistinct ? '' : ` where ${filled}`
  return `select count(*) as count
            from (select 1 from ${table.sql}${where} group by ${members.join(', ')} having count(*) > 1) twins`
}

/** The number of rows that point at no row. */
export function orphansSql(
  table: Questioned,
  { columns, parentSql, parentColumns }: Pick<SurveyedForeignKey, 'columns' | 'parentSql' | 'parentColumns'>,
): string {
  const filled = columns.map((column) => `c.${quoteName(column)} is not null`).join(' and ')
  const isSame = columns
    .map((column, at) => `p.${quoteName(parentColumns[at] as string)} = c.${quoteName(column)}`)
    .join(' and ')
  return `select count(*) as count from ${table.sql} c where ${filled} and not exists (select 1 from ${parentSql} p where ${isSame})`
}

import { is, SQL, type Column } from 'drizzle-orm'
import { isPgEnum, PgArray } from 'drizzle-orm/pg-core'
import type { Survey } from '../../target/survey.js'
import { quoteName, quoteText } from '../quote.js'
import { renderSql } from './render-sql.js'

/** The type of a drizzle column as it stands in `ALTER TABLE`; undefined for an enum that the database does not have. */
export function typeSql(survey: Survey, column: Column): string | undefined {
  if (is(column, PgArray)) {
    const element = typeSql(survey, column.baseColumn)
    return element === undefined ? undefined : `${element}[]`
  }
  if ('enum' in column && isPgEnum(column.enum)) {
    const { enumName, schema } = column.enum
    const isThere = survey.enums.some(({ name }) =>
      [enumName, `${schema ?? 'public'}.${enumName}`].includes(name),
    )
    return isThere
      ? [...(schema === undefined ? [] : [schema]), enumName].map(quoteName).join('.')
      : undefined
  }
  // Not a type, but a way to declare one with its sequence.
  return column
    .getSQLType()
    .replace(/^(small|big)?serial$/i, (_, size: string | undefined) =>
      size === undefined ? 'integer' : `${size.toLowerCase()}int`,
    )
}

/** The default of a drizzle column as it stands in `ALTER TABLE`; undefined without one, and for one that cannot be written. */
export function defaultSql(column: Column): string | undefined {
  const value = column.default
  if (value === undefined || column.generated !== undefined) return undefined
  if (is(value, SQL)) return renderSql(value)
  const stored: unknown = column.mapToDriverValue(value)
  if (['number', 'bigint', 'boolean'].includes(typeof stored)) return String(stored)
  return typeof stored === 'string' ? quoteText(stored) : undefined
}

/** True when the schema says that the database fills the column. What drizzle itself fills (`$default`) says nothing. */
export function isFilledBySchema(column: Column): boolean {
  return (
    column.default !== undefined ||
    column.generated !== undefined ||
    column.generatedIdentity !== undefined ||
    /serial/i.test(column.getSQLType()) ||
    ('autoIncrement' in column && column.autoIncrement === true)
  )
}

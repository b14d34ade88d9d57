import type { Column } from 'drizzle-orm'
import type { Survey, SurveyedColumn, SurveyedTable } from '../../target/survey.js'
import type { ColumnType } from '../../target/value/column-type.js'
import { parseColumnType } from '../../target/value/parse-column-type.js'
import type { Found } from '../check.js'
import { defaultSql, typeSql } from '../drift/column-sql.js'
import type { DriftCheck } from '../drift/drift-check.js'
import { mending } from '../drift/mending.js'
import { findInPairs } from '../drift/pairs.js'

/** A column whose type in the database is not the declared one. */
export const driftColumnType: DriftCheck = {
  code: 'drift.column_type',
  severity: 'error',
  why: 'Values that the application takes for possible are refused or changed by the database, or the other way round.',
  needsSchema: true,
  find: (facts) =>
    findInPairs(facts, ({ live, shape }) =>
      shape.columns.flatMap((column) => {
        const found = live.columns.find(({ name }) => name === column.name)
        const wanted = found && facts.survey.otherType(found, column)
        return found === undefined || wanted === undefined
          ? []
          : [findingOf(facts.survey, live, found, column, wanted)]
      }),
    ),
}

function findingOf(
  survey: Survey,
  live: SurveyedTable,
  found: SurveyedColumn,
  column: Column,
  wanted: string,
): Found {
  return {
    object: `${live.name}.${column.name}`,
    message: `The column is ${found.declared}, and the schema declares ${wanted}.`,
    ...mending(
      survey,
      found.generated ? undefined : conversion(survey, live, found, column),
      `ACCESS EXCLUSIVE on ${live.name} while all of it may be written anew`,
      isZoned(found.type) === undefined
        ? undefined
        : 'Where the values are of another zone than UTC, put that one into the statement.',
    ),
  }
}

function conversion(
  survey: Survey,
  live: SurveyedTable,
  { sql: name, type: from, defaultSql: fill }: SurveyedColumn,
  column: Column,
): string[] | undefined {
  const type = typeSql(survey, column)
  if (type === undefined) return undefined
  const to = parseColumnType(column.getSQLType(), 'enumValues' in column ? column.enumValues : undefined)
  const using = usingSql(name, from, to, type)
  // A default of the old type stands in the way: PostgreSQL documentation, "ALTER TABLE", notes on SET DATA TYPE.
  const isInTheWay = fill !== undefined && using !== '' && !fill.startsWith('nextval(')
  const renewed = defaultSql(column)
  const steps = [
    ...(isInTheWay ? [`ALTER COLUMN ${name} DROP DEFAULT`] : []),
    `ALTER COLUMN ${name} TYPE ${type}${using}`,
    ...(isInTheWay && renewed !== undefined ? [`ALTER COLUMN ${name} SET DEFAULT ${renewed}`] : []),
  ]
  return [`ALTER TABLE ${live.sql} ${steps.join(', ')};`]
}

/** Without an explicit cast where there is an assignment: that one refuses what does not fit, the cast cuts it off in silence. */
function usingSql(name: string, from: ColumnType, to: ColumnType, type: string): string {
  if (isZoned(from) !== undefined && isZoned(to) !== undefined && isZoned(from) !== isZoned(to))
    return ` USING ${name} AT TIME ZONE 'UTC'`
  const isAssigned = from.kind === to.kind && !['enum', 'array', 'other'].includes(to.kind)
  if (isAssigned || (isNumber(from) && isNumber(to))) return ''
  return ` USING ${name}::text::${type.replace(/\(.*?\)/, '')}`
}

function isZoned(type: ColumnType): boolean | undefined {
  return type.kind === 'timestamp' ? type.zoned : undefined
}

function isNumber({ kind }: ColumnType): boolean {
  return ['integer', 'numeric', 'float'].includes(kind)
}

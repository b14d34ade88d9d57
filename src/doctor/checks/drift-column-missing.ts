import type { Column } from 'drizzle-orm'
import type { Survey, SurveyedTable } from '../../target/survey.js'
import type { Found } from '../check.js'
import { defaultSql, isFilledBySchema, typeSql } from '../drift/column-sql.js'
import type { DriftCheck } from '../drift/drift-check.js'
import { mending } from '../drift/mending.js'
import { findInPairs, hasColumns } from '../drift/pairs.js'
import { quoteName } from '../quote.js'

/** A declared column that the database does not have. */
export const driftColumnMissing: DriftCheck = {
  code: 'drift.column_missing',
  severity: 'error',
  why: 'drizzle names every column in its statements, so that each SELECT and INSERT on the table fails.',
  needsSchema: true,
  find: (facts) =>
    findInPairs(facts, ({ live, shape }) =>
      shape.columns
        .filter(({ name }) => !hasColumns(live, [name]))
        .map((column) => findingOf(facts.survey, live, column)),
    ),
}

function findingOf(survey: Survey, live: SurveyedTable, column: Column): Found {
  const needsValue = column.notNull && !isFilledBySchema(column)
  return {
    object: `${live.name}.${column.name}`,
    message: `The schema declares the column as ${column.getSQLType()}, and the table does not have it.`,
    ...mending(
      survey,
      addition(survey, live, column),
      `ACCESS EXCLUSIVE on ${live.name}, for an instant unless its default differs from row to row`,
      needsValue ? 'The rows that are there need a value before it can be NOT NULL.' : undefined,
    ),
  }
}

/** What the database draws or computes by itself is left to a migration. */
function addition(survey: Survey, live: SurveyedTable, column: Column): string[] | undefined {
  const type = typeSql(survey, column)
  const isDrawn = column.generated !== undefined || (isFilledBySchema(column) && column.default === undefined)
  if (type === undefined || isDrawn) return undefined
  const fill = defaultSql(column)
  const rest = fill === undefined ? '' : ` DEFAULT ${fill}${column.notNull ? ' NOT NULL' : ''}`
  return [`ALTER TABLE ${live.sql} ADD COLUMN ${quoteName(column.name)} ${type}${rest};`]
}

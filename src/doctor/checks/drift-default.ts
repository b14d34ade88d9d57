import type { Column } from 'drizzle-orm'
import type { Survey, SurveyedColumn, SurveyedTable } from '../../target/survey.js'
import { defaultSql, isFilledBySchema } from '../drift/column-sql.js'
import type { DriftCheck } from '../drift/drift-check.js'
import { mending } from '../drift/mending.js'
import { findInPairs } from '../drift/pairs.js'

/** A column that the schema says is filled by the database and is not, or the other way round. What it is filled with is not compared. */
export const driftDefault: DriftCheck = {
  code: 'drift.default',
  severity: 'info',
  why: 'An INSERT that leaves the column out gets another value than the schema promises, or none.',
  needsSchema: true,
  find: (facts) =>
    findInPairs(facts, ({ live, shape }) =>
      shape.columns.flatMap((column) => {
        const found = live.columns.find(({ name }) => name === column.name)
        if (found === undefined || isFilledBySchema(column) === isFilled(facts.survey, live, found, column))
          return []
        return [
          {
            object: `${live.name}.${column.name}`,
            ...(isFilledBySchema(column)
              ? {
                  message: 'The schema declares a default, and the column has none.',
                  ...mending(
                    facts.survey,
                    newDefault(live, found, column),
                    `ACCESS EXCLUSIVE on ${live.name}, for an instant`,
                  ),
                }
              : {
                  message: `The database fills the column${found.generated ? ' with what it computes' : ''}, and the schema does not know.`,
                  hint: 'Declare it in the schema, or drop the default.',
                }),
          },
        ]
      }),
    ),
}

/** A row number that SQLite draws without having been told to is there where the schema has it, and not where it has not. */
function isFilled(survey: Survey, live: SurveyedTable, found: SurveyedColumn, column: Column): boolean {
  if (found.defaultSql !== undefined || found.generated) return true
  if (found.identity === undefined) return false
  return (
    isFilledBySchema(column) ||
    survey.sequences.some(
      ({ table, column: drawn, kind }) => table === live.name && drawn === found.name && kind !== null,
    )
  )
}

function newDefault(live: SurveyedTable, found: SurveyedColumn, column: Column): string[] | undefined {
  const fill = defaultSql(column)
  return fill === undefined
    ? undefined
    : [`ALTER TABLE ${live.sql} ALTER COLUMN ${found.sql} SET DEFAULT ${fill};`]
}

import type { Survey, SurveyedTable } from '../../target/survey.js'
import type { DriftCheck } from '../drift/drift-check.js'
import { mending } from '../drift/mending.js'
import { findInPairs, hasColumns } from '../drift/pairs.js'
import { quoteName } from '../quote.js'

/** A primary key over other columns than the declared one. */
export const driftKey: DriftCheck = {
  code: 'drift.key',
  severity: 'error',
  why: 'What the application takes for one row can be several in the database, or the other way round.',
  needsSchema: true,
  find: (facts) =>
    findInPairs(facts, ({ live, shape: { primaryKey: wanted } }) => {
      const found = live.primaryKey?.columns ?? []
      if (wanted.length === 0 || isSame(wanted, found) || !hasColumns(live, wanted)) return []
      return [
        {
          object: live.name,
          message: `The schema declares the primary key (${wanted.join(', ')}), and the table has ${
            found.length === 0 ? 'none' : `(${found.join(', ')})`
          }.`,
          ...mending(
            facts.survey,
            newKey(facts.survey, live, wanted),
            `ACCESS EXCLUSIVE on ${live.name} while its index is built`,
          ),
        },
      ]
    }),
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join('\n') === other.toSorted().join('\n')
}

/** A key that others refer to cannot be dropped. */
function newKey(survey: Survey, live: SurveyedTable, wanted: readonly string[]): string[] | undefined {
  const isReferred = survey.tables.some(({ foreignKeys }) =>
    foreignKeys.some(({ parent }) => parent === live.name),
  )
  if (live.primaryKey !== null && isReferred) return undefined
  const drop = live.primaryKey === null ? '' : `DROP CONSTRAINT ${quoteName(live.primaryKey.name)}, `
  return [`ALTER TABLE ${live.sql} ${drop}ADD PRIMARY KEY (${wanted.map(quoteName).join(', ')});`]
}

import type { SurveyedColumn } from '../../target/survey.js'
import type { DriftCheck } from '../drift/drift-check.js'
import { mending } from '../drift/mending.js'
import { pairsOf } from '../drift/pairs.js'

/** A column of a declared table that no declaration of the table has. */
export const driftColumnUnknown: DriftCheck = {
  code: 'drift.column_unknown',
  severity: 'info',
  why: 'The application neither reads nor writes it, and a migration generated from the schema may drop it.',
  needsSchema: true,
  find: (facts) => {
    const declared = new Map<string, Set<string>>()
    const pairs = pairsOf(facts)
    for (const { live, shape } of pairs) {
      const names = shape.columns.map(({ name }) => name)
      declared.set(live.name, new Set([...(declared.get(live.name) ?? []), ...names]))
    }
    return [...new Set(pairs.map(({ live }) => live))].flatMap((live) =>
      live.columns
        .filter(({ name }) => declared.get(live.name)?.has(name) !== true)
        .map((column) => ({
          object: `${live.name}.${column.name}`,
          ...(mustBeGiven(column)
            ? {
                severity: 'error' as const,
                message:
                  'The schema does not have this column, which is NOT NULL without a default: every INSERT fails.',
                ...mending(
                  facts.survey,
                  [`ALTER TABLE ${live.sql} ALTER COLUMN ${column.sql} DROP NOT NULL;`],
                  `ACCESS EXCLUSIVE on ${live.name}, for an instant`,
                ),
              }
            : {
                message: 'The schema does not have this column.',
                hint: 'Declare it, or drop it with a migration when nothing reads it any more.',
              }),
        })),
    )
  },
}

function mustBeGiven({ nullable, defaultSql, identity, generated }: SurveyedColumn): boolean {
  return !nullable && defaultSql === undefined && identity === undefined && !generated
}

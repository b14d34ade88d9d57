import type { Survey, SurveyedForeignKey, SurveyedTable } from '../../target/survey.js'
import type { DeclaredForeignKey } from '../drift/declared-shape.js'
import type { DriftCheck } from '../drift/drift-check.js'
import { mending } from '../drift/mending.js'
import { findInPairs, hasColumns } from '../drift/pairs.js'
import { quoteName } from '../quote.js'

/** A declared foreign key that the database does not have, whatever it may be called there. */
export const driftForeignKeyMissing: DriftCheck = {
  code: 'drift.foreign_key_missing',
  severity: 'error',
  why: 'Rows can point at nobody, and deleting what they point at asks nobody.',
  needsSchema: true,
  find: (facts) =>
    findInPairs(facts, ({ live, shape }) =>
      shape.foreignKeys
        .filter(({ columns }) => hasColumns(live, columns))
        .filter((key) => !live.foreignKeys.some((found) => isThat(facts.survey, found, key)))
        .map((key) => ({
          object: `${live.name}.${key.name}`,
          message: `The schema declares that (${key.columns.join(', ')}) refers to ${parentOf(facts.survey, key)} (${key.parentColumns.join(', ')}), and the database does not hold the table to it.`,
          ...mending(
            facts.survey,
            statements(facts.survey, live, key),
            `SHARE ROW EXCLUSIVE on both tables until the transaction ends: writers wait while rows are read`,
            'Rows that point at nobody must be mended first; run the two statements in transactions of their own to let writers go on.',
          ),
        })),
    ),
}

function isThat(survey: Survey, found: SurveyedForeignKey, key: DeclaredForeignKey): boolean {
  const points = (columns: readonly string[], parentColumns: readonly string[]) =>
    columns
      .map((column, at) => `${column} ${parentColumns[at]}`)
      .toSorted()
      .join('\n')
  return (
    found.parent === parentOf(survey, key) &&
    points(found.columns, found.parentColumns) === points(key.columns, key.parentColumns)
  )
}

function parentOf(survey: Survey, { parent }: DeclaredForeignKey): string | undefined {
  return survey.tableOf(parent)?.name ?? survey.nameOf(parent)
}

function statements(survey: Survey, live: SurveyedTable, key: DeclaredForeignKey): string[] | undefined {
  const parent = survey.tableOf(key.parent)
  if (parent === undefined || !hasColumns(parent, key.parentColumns)) return undefined
  const [columns, parentColumns] = [key.columns, key.parentColumns].map((names) =>
    names.map(quoteName).join(', '),
  )
  const action = (event: string, what: string | undefined) =>
    what === undefined || what === 'no action' ? '' : ` ON ${event} ${what.toUpperCase()}`
  const name = quoteName(key.name)
  return [
    `ALTER TABLE ${live.sql} ADD CONSTRAINT ${name} FOREIGN KEY (${columns}) REFERENCES ${parent.sql} (${parentColumns})${action('DELETE', key.onDelete)}${action('UPDATE', key.onUpdate)} NOT VALID;`,
    `ALTER TABLE ${live.sql} VALIDATE CONSTRAINT ${name};`,
  ]
}

import type { SurveyedTable } from '../../target/survey.js'
import type { UniqueKey } from '../../target/table.js'
import type { DeclaredIndex } from '../drift/declared-index.js'
import type { DriftCheck } from '../drift/drift-check.js'
import { indexSql } from '../drift/index-sql.js'
import { mending } from '../drift/mending.js'
import { findInPairs, hasColumns } from '../drift/pairs.js'
import { quoteName } from '../quote.js'

/** A declared unique constraint or unique index that the database does not have, whatever it may be called there. */
export const driftUniqueMissing: DriftCheck = {
  code: 'drift.unique_missing',
  severity: 'error',
  why: 'The code relies on it, and the database takes the second row without a word.',
  needsSchema: true,
  find: (facts) =>
    findInPairs(facts, ({ live, shape }) =>
      shape.uniques
        .filter(({ reads }) => hasColumns(live, reads))
        .filter((unique) => !live.uniqueKeys.some((key) => isThat(live, key, unique)))
        .map((unique) => ({
          object: `${live.name}.${unique.name ?? unique.columns.join('_')}`,
          message: `The schema declares (${unique.columns.map((column) => column ?? 'an expression').join(', ')}) unique${
            unique.predicateSql === undefined ? '' : ' for some rows'
          }, and the database does not hold the table to it.`,
          ...mending(
            facts.survey,
            [statement(live, unique)],
            unique.isConstraint
              ? `ACCESS EXCLUSIVE on ${live.name} while its index is built`
              : `SHARE on ${live.name} while the index is built: writers wait`,
            'Rows that have the same values must be told apart first.',
          ),
        })),
    ),
}

/** By columns, by how many expressions there are and what they read, and by whether it is for some rows alone. */
function isThat(live: SurveyedTable, key: UniqueKey, unique: DeclaredIndex): boolean {
  const members = key.parts.map((part) => columnOf(live, part))
  if ((key.predicate === undefined) !== (unique.predicateSql === undefined)) return false
  if (sorted(members) !== sorted(unique.columns)) return false
  const isKnown = !unique.columns.includes(null) || unique.reads.length > 0
  return !isKnown || unique.reads.every((column) => key.columns.includes(column))
}

/** `"email" collate "C"` → `email`; null for an expression. */
function columnOf({ columns }: SurveyedTable, part: string): string | null {
  return (
    columns.find(({ name, sql }) => part === name || part === sql || part.startsWith(`${sql} collate `))
      ?.name ?? null
  )
}

function sorted(members: readonly (string | null)[]): string {
  return members
    .map((member) => (member === null ? 'expression' : `column ${member}`))
    .toSorted()
    .join('\n')
}

function statement(live: SurveyedTable, unique: DeclaredIndex): string {
  if (!unique.isConstraint) return indexSql(live, unique)
  const name = unique.name === undefined ? '' : `CONSTRAINT ${quoteName(unique.name)} `
  const nulls = unique.nullsNotDistinct ? ' NULLS NOT DISTINCT' : ''
  return `ALTER TABLE ${live.sql} ADD ${name}UNIQUE${nulls} (${unique.membersSql});`
}

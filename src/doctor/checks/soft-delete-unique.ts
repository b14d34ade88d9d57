import { withDescendants } from '../../pipeline/compile-children.js'
import type { Survey, SurveyedColumn, SurveyedIndex, SurveyedTable } from '../../target/survey.js'
import type { UniqueKey } from '../../target/table.js'
import { labelOf, siblingSql } from '../beside-table.js'
import type { Check, Found } from '../check.js'
import { type NameGiver, nameGiver } from '../name-giver.js'
import { ownTables } from '../own-tables.js'
import { quoteName } from '../quote.js'
import { softDeleteColumn } from '../soft-delete.js'

/** A unique key that counts rows which are marked as deleted. */
export const softDeleteUnique: Check = {
  code: 'soft_delete.unique',
  severity: 'warning',
  why: 'A deleted row keeps its value taken: nobody can have the e-mail address of an account that is gone.',
  find: ({ survey, pipelines }) => {
    const giveName = nameGiver(survey)
    const mappings = pipelines.flatMap((pipeline) => [pipeline, ...withDescendants(pipeline.children)])
    return ownTables(survey).flatMap((table) => {
      const writing = mappings.filter(({ target }) => survey.tableOf(target) === table)
      const mark = softDeleteColumn(table, writing)
      if (mark === undefined) return []
      return table.uniqueKeys
        .filter(
          (key) => !key.primary && !key.columns.includes(mark.name) && !isReferredTo(survey, table, key),
        )
        .map((key) => ({
          object: labelOf(table, key.name),
          message: `The unique key over ${membersOf(table, key).join(', ')} holds for rows that ${mark.name} marks as deleted as well.`,
          ...narrowed(survey, table, key, mark, giveName),
        }))
    })
  },
}

/** The columns in the order of the index, where it is over columns alone. */
function membersOf(table: SurveyedTable, key: UniqueKey): readonly string[] {
  const members = table.indexes.find(({ name }) => name === key.name)?.columns ?? []
  const named = members.filter((member) => member !== null)
  return named.length === key.columns.length ? named : key.columns
}

/** Only a whole key can be referred to. */
function isReferredTo({ tables }: Survey, table: SurveyedTable, key: UniqueKey): boolean {
  return tables.some(({ foreignKeys }) =>
    foreignKeys.some(
      ({ parent, parentColumns }) =>
        parent === table.name &&
        parentColumns.length === key.columns.length &&
        parentColumns.every((column) => key.columns.includes(column)),
    ),
  )
}

function narrowed(
  { altersTables }: Survey,
  table: SurveyedTable,
  key: UniqueKey,
  mark: SurveyedColumn,
  giveName: NameGiver,
): Pick<Found, 'sql' | 'locks' | 'hint'> {
  const index = table.indexes.find(({ name }) => name === key.name)
  if (index?.body === undefined) {
    return {
      hint: `In a table made anew, put a unique index WHERE ${mark.sql} IS NULL in the place of the constraint.`,
    }
  }
  return {
    sql: [create(table, key, index, mark, giveName), dropped(table, index)],
    locks: altersTables
      ? `SHARE on ${table.name} while the index is built, then ACCESS EXCLUSIVE for an instant`
      : 'the write lock on the file: writers wait while the index is built',
    hint: `ON CONFLICT over these columns has to say WHERE ${mark.sql} IS NULL from then on.`,
  }
}

function create(
  table: SurveyedTable,
  key: UniqueKey,
  { body, predicate }: SurveyedIndex,
  mark: SurveyedColumn,
  giveName: NameGiver,
): string {
  const name = quoteName(giveName(table, membersOf(table, key), 'live_key'))
  const condition = [...(predicate === undefined ? [] : [`(${predicate})`]), `${mark.sql} IS NULL`].join(
    ' AND ',
  )
  return `CREATE UNIQUE INDEX ${name} ON ${table.sql} ${body} WHERE ${condition};`
}

function dropped(table: SurveyedTable, { name, isConstraint }: SurveyedIndex): string {
  return isConstraint
    ? `ALTER TABLE ${table.sql} DROP CONSTRAINT ${quoteName(name)};`
    : `DROP INDEX ${siblingSql(table, name)};`
}

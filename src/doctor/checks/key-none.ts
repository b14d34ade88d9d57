import type { SurveyedIndex, SurveyedTable } from '../../target/survey.js'
import type { UniqueKey } from '../../target/table.js'
import { columnsSql } from '../beside-table.js'
import type { Check, Found } from '../check.js'
import { type NameGiver, nameGiver } from '../name-giver.js'
import { ownTables } from '../own-tables.js'
import { quoteName } from '../quote.js'

/** A table without a primary key. */
export const keyNone: Check = {
  code: 'key.none',
  severity: 'warning',
  why: 'No row can be told from another: a row that is there twice cannot be removed once, and nothing can refer to it.',
  find: ({ survey }) => {
    const giveName = nameGiver(survey)
    return ownTables(survey)
      .filter(({ primaryKey }) => primaryKey === null)
      .map((table) => ({
        object: table.name,
        message: 'The table has no primary key.',
        ...(survey.altersTables
          ? promoted(table, giveName)
          : { hint: 'Declare one in a table made anew: SQLite cannot add it in place.' }),
      }))
  },
}

/** A unique key that can stand for the primary key, the shortest first. */
function promoted(table: SurveyedTable, giveName: NameGiver): Pick<Found, 'sql' | 'locks' | 'hint'> {
  const [key] = table.uniqueKeys
    .filter((candidate) => namesRows(table, candidate))
    .toSorted((one, other) => one.parts.length - other.parts.length)
  if (key === undefined)
    return { hint: 'Add a key column, or make columns that name a row NOT NULL and their key primary.' }
  const index = table.indexes.find(({ name }) => name === key.name)
  const name = quoteName(giveName(table, [], 'pkey'))
  if (index !== undefined && canBecomeConstraint(table, index, key)) {
    return {
      sql: [
        `ALTER TABLE ${table.sql} ADD CONSTRAINT ${name} PRIMARY KEY USING INDEX ${quoteName(index.name)};`,
      ],
      locks: `ACCESS EXCLUSIVE on ${table.name}, for an instant`,
      hint: `The index ${index.name} gets the name of the constraint.`,
    }
  }
  const columns = columnsSql(table, columnsOf(table, key))
  return {
    sql: [`ALTER TABLE ${table.sql} ADD CONSTRAINT ${name} PRIMARY KEY (${columns});`],
    locks: `ACCESS EXCLUSIVE on ${table.name} while the index is built`,
    hint: `${key.name} is superfluous then, unless foreign keys refer to it.`,
  }
}

function namesRows(table: SurveyedTable, key: UniqueKey): boolean {
  const members = columnsOf(table, key)
  return (
    key.predicate === undefined &&
    members.length === key.parts.length &&
    members.every((name) => table.columns.some((column) => column.name === name && !column.nullable))
  )
}

/** The columns that are members as they stand, without expression or collation. */
function columnsOf(table: SurveyedTable, key: UniqueKey): string[] {
  return key.parts.flatMap((part) => table.columns.find(({ sql }) => sql === part)?.name ?? [])
}

/** https://www.postgresql.org/docs/current/sql-altertable.html, "ADD table_constraint_using_index": a plain b-tree, and no constraint's. */
function canBecomeConstraint(table: SurveyedTable, index: SurveyedIndex, key: UniqueKey): boolean {
  return !index.isConstraint && !table.partitioned && index.body === `USING btree (${key.parts.join(', ')})`
}

import type { Survey, SurveyedColumn, SurveyedTable } from '../../target/survey.js'
import type { Check, Found } from '../check.js'
import { type NameGiver, nameGiver } from '../name-giver.js'
import { ownTables } from '../own-tables.js'
import { quoteName } from '../quote.js'
import { type PortableType, portableType } from '../portable-substitute.js'

/** A column of a type that only Postgres has. Native enums are a matter of their own. */
export const portableTypeCheck: Check = {
  code: 'portable.type',
  severity: 'warning',
  why: 'On another engine the column is text without the functions, operators and indexes of its type.',
  when: 'portable',
  find: ({ survey }) => {
    if (!survey.altersTables) return []
    const giveName = nameGiver(survey)
    return ownTables(survey).flatMap((table) =>
      table.columns.flatMap((column) => {
        const portable = portableType(column)
        if (portable === undefined) return []
        const called =
          column.domain === null ? column.declared : `${column.domain}, a domain over ${column.declared}`
        return [
          {
            object: `${table.name}.${column.name}`,
            message: `The type ${called} is one that only Postgres has: ${portable.advice}.`,
            ...changed(survey, table, column, portable, giveName),
          },
        ]
      }),
    )
  },
}

function changed(
  survey: Survey,
  table: SurveyedTable,
  column: SurveyedColumn,
  { target, convert }: PortableType,
  giveName: NameGiver,
): Pick<Found, 'sql' | 'locks' | 'hint'> {
  if (target === undefined || convert === undefined)
    return { hint: 'No statement does it: it takes a new column, and code that fills it.' }
  if (isHeld(survey, table, column)) {
    return {
      hint: `A view, trigger, policy, generated column, check, key or index holds the column to its type: it takes a new column of type ${target}.`,
    }
  }
  const { sql, defaultSql } = column
  const type = `ALTER COLUMN ${sql} TYPE ${target} USING ${convert(sql)}`
  const actions =
    defaultSql === undefined
      ? [type]
      : [
          `ALTER COLUMN ${sql} DROP DEFAULT`,
          type,
          `ALTER COLUMN ${sql} SET DEFAULT ${convert(`(${defaultSql})`)}`,
        ]
  return {
    sql: [`ALTER TABLE ${table.sql} ${actions.join(', ')};`, ...foldedKeys(table, column, giveName)],
    locks: `ACCESS EXCLUSIVE on ${table.name} while all of it is written anew`,
    hint: 'Code that uses functions or operators of the type has to follow.',
  }
}

/** What was unique without regard to case stays so. */
function foldedKeys(
  table: SurveyedTable,
  { name, sql, foldsCase }: SurveyedColumn,
  giveName: NameGiver,
): string[] {
  const isKey = table.uniqueKeys.some(
    ({ parts, predicate }) => parts.length === 1 && parts[0] === sql && predicate === undefined,
  )
  if (!foldsCase || !isKey) return []
  const index = quoteName(giveName(table, [name], 'lower_key'))
  return [`CREATE UNIQUE INDEX ${index} ON ${table.sql} (lower(${sql}));`]
}

/** True when something reads the column that means its old type. */
function isHeld({ tables }: Survey, table: SurveyedTable, column: SurveyedColumn): boolean {
  const { name, domain, retypable } = column
  return (
    !retypable ||
    domain !== null ||
    table.checks.some(({ columns }) => columns.includes(name)) ||
    table.foreignKeys.some(({ columns }) => columns.includes(name)) ||
    table.indexes.some(
      ({ columns, method }) => columns.includes(name) && !['btree', 'hash', 'gin'].includes(method),
    ) ||
    tables.some(({ foreignKeys }) =>
      foreignKeys.some(({ parent, parentColumns }) => parent === table.name && parentColumns.includes(name)),
    )
  )
}

import type { SurveyedTable } from '../../target/survey.js'
import type { UniqueKey } from '../../target/table.js'
import type { Check, Found } from '../check.js'
import { labelOf } from '../beside-table.js'
import { notRead } from '../not-looked-at.js'
import { quoteName } from '../quote.js'

/** Rows that only the case of their letters keeps apart. */
export const uniqueCase: Check = {
  code: 'unique.case',
  severity: 'warning',
  why: 'People take Ann@example.com and ann@example.com for one, so that the second account is a mistake nobody is told of.',
  when: 'data',
  async find({ survey, audit }) {
    const tables = survey.tables.filter((table) => keysWithCase(table).length > 0)
    const found = notRead(survey, tables)
    for (const table of tables.filter(({ may }) => may.select)) {
      for (const key of keysWithCase(table)) {
        const count = await audit.countCaseTwins(table, key)
        if (count > 0) found.push(describe(table, key, count))
      }
    }
    return found
  },
}

function describe(table: SurveyedTable, key: UniqueKey, count: number): Found {
  const members = key.columns.map((name) =>
    foldable(table, name) ? `lower(${quoteName(name)})` : quoteName(name),
  )
  const list = members.join(', ')
  return {
    object: labelOf(table, key.name),
    message: `${count} ${count === 1 ? 'group' : 'groups'} of rows of ${table.name} with the same ${key.columns.join(', ')} but for upper and lower case.`,
    hint: `Somebody has to say which rows are one. This lists them: SELECT ${list}, count(*) FROM ${table.sql} GROUP BY ${list} HAVING count(*) > 1;`,
  }
}

/** Whole unique keys over columns, at least one of which tells upper from lower case. */
function keysWithCase(table: SurveyedTable): UniqueKey[] {
  const bare = new Set(table.columns.flatMap(({ name, sql }) => [name, sql]))
  return table.uniqueKeys.filter(
    ({ predicate, parts, columns }) =>
      predicate === undefined &&
      parts.every((part) => bare.has(part)) &&
      columns.some((name) => foldable(table, name)),
  )
}

function foldable({ columns }: SurveyedTable, name: string): boolean {
  const column = columns.find((one) => one.name === name)
  return column?.type.kind === 'text' && !column.foldsCase
}

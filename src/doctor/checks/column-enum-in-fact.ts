import type { Table } from 'drizzle-orm'
import { getTableColumns } from 'drizzle-orm'
import type { Survey, SurveyedColumn, SurveyedTable } from '../../target/survey.js'
import { parseColumnType } from '../../target/value/parse-column-type.js'
import type { Check, Found } from '../check.js'
import { notRead } from '../not-looked-at.js'

/** So many rows that a small number of values is no chance. */
const enoughRows = 100
const mostValues = 12
const longestValue = 40

/** A text column that holds a few values again and again. */
export const columnEnumInFact: Check = {
  code: 'column.enum_in_fact',
  severity: 'info',
  why: 'Nothing refuses a value that is misspelt, and whoever reads the schema does not see which values there are.',
  when: 'data',
  async find({ survey, audit, declared }) {
    const tables = survey.tables.filter((table) => freeTexts(table, survey, declared).length > 0)
    const found = notRead(survey, tables)
    for (const table of tables.filter(({ may }) => may.select)) {
      for (const { name } of freeTexts(table, survey, declared)) {
        if ((await audit.countRows(table, enoughRows, name)) < enoughRows) continue
        const values = await audit.distinctTexts(table, name, mostValues)
        if (values !== undefined && areLabels(values)) found.push(describe(table, name, values.length))
      }
    }
    return found
  },
}

function describe(table: SurveyedTable, column: string, count: number): Found {
  return {
    object: `${table.name}.${column}`,
    message: `The text column holds ${count} distinct values in all of its rows.`,
    hint: 'Where these are all there should be, declare an enum with legacyEnum(…) and its check: `carryover inspect` shows the values of a legacy file.',
  }
}

/** Text columns that nothing else holds to anything. */
function freeTexts(table: SurveyedTable, survey: Survey, declared: readonly Table[]): SurveyedColumn[] {
  const { columns, uniqueKeys, foreignKeys, labelLists } = table
  const held = new Set([
    ...[...uniqueKeys, ...foreignKeys].flatMap((key) => key.columns),
    ...labelLists.map(({ column }) => column),
  ])
  const others = notText(table, survey, declared)
  return columns.filter(
    ({ name, type, domain, generated }) =>
      type.kind === 'text' && domain === null && !generated && !held.has(name) && !others.has(name),
  )
}

/** Columns that are stored as text, and which the schema file knows to be something else: a time, a UUID. */
function notText(table: SurveyedTable, survey: Survey, declared: readonly Table[]): Set<string> {
  return new Set(
    declared
      .filter((one) => survey.tableOf(one) === table)
      .flatMap((one) => Object.values(getTableColumns(one)))
      .filter((column) => parseColumnType(column.getSQLType()).kind !== 'text')
      .map(({ name }) => name),
  )
}

/** At least two that say something, short, and not all of them numbers, dates or JSON. */
function areLabels(values: readonly string[]): boolean {
  return (
    values.filter((value) => value.trim() !== '').length > 1 &&
    values.every((value) => value.length <= longestValue) &&
    !values.every((value) => /^[-+\d[{]/.test(value))
  )
}

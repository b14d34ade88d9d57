import { getTableColumns, type Column } from 'drizzle-orm'
import { declaredEnum, type DeclaredEnum } from '../../target/declared-enum.js'
import { widenLabels, type LabelList } from '../../target/label-list.js'
import type { Survey, SurveyedTable } from '../../target/survey.js'
import { declaredChecks } from '../declared-checks.js'
import type { Check, Found } from '../check.js'

/** Labels of a declared `pgEnum` that the database lacks, and labels that only the database has. */
export const enumDrift: Check = {
  code: 'enum.drift',
  severity: 'error',
  why: 'A value that the database lacks is refused when it is first written, and one that the code lacks is read by code that has no case for it.',
  needsSchema: true,
  find({ survey, declared }) {
    const found = declared.flatMap((declaredTable) => {
      const table = survey.tableOf(declaredTable)
      if (table === undefined) return []
      const checks = declaredChecks(declaredTable)
      return Object.values(getTableColumns(declaredTable)).flatMap((column) => {
        const wanted = declaredEnum(column)
        return wanted === undefined
          ? []
          : holders(survey, table, column, checks).flatMap((holder) => compare(survey, table, wanted, holder))
      })
    })
    // A type serves many columns.
    return [...new Map(found.map((one) => [`${one.object}\n${one.message}`, one])).values()]
  },
}

interface Holder {
  readonly object: string
  readonly what: string
  readonly list: LabelList
}

/** What holds the values of a column: its type, or checks beyond those that the schema file itself declares. */
function holders(
  survey: Survey,
  table: SurveyedTable,
  { name }: Column,
  declaredNames: ReadonlySet<string>,
): Holder[] {
  const enumName = table.columns.find((column) => column.name === name)?.enumName ?? null
  const type = survey.enums.find((one) => one.name === enumName)
  if (type !== undefined) {
    const { labels, sql } = type
    const list: LabelList = { column: name, labels, by: { kind: 'type', sql } }
    return [{ object: type.name, what: `The type ${type.name}`, list }]
  }
  return table.labelLists
    .filter(({ column, by }) => column === name && !(by.kind === 'check' && declaredNames.has(by.name ?? '')))
    .map((list) => ({
      object: `${table.name}.${name}`,
      what: `The check ${list.by.kind === 'check' && list.by.name !== undefined ? `"${list.by.name}"` : 'of the column'}`,
      list,
    }))
}

function compare(
  survey: Survey,
  table: SurveyedTable,
  { name, labels: wanted }: DeclaredEnum,
  { object, what, list }: Holder,
): Found[] {
  const lacking = wanted.filter((label) => !list.labels.includes(label))
  const unknown = list.labels.filter((label) => !wanted.includes(label))
  if (lacking.length === 0 && unknown.length === 0) return []
  const parts = [
    ...(lacking.length > 0 ? [`lacks ${lacking.join(', ')} of the declared enum ${name}`] : []),
    ...(unknown.length > 0 ? [`has ${unknown.join(', ')}, which the declared enum ${name} has not`] : []),
  ]
  const sql = lacking.length > 0 ? widenLabels(table, list, wanted) : []
  return [
    {
      object,
      message: `${what} ${parts.join(', and ')}.`,
      severity: lacking.length > 0 ? 'error' : 'warning',
      ...(sql.length > 0 && { sql, locks: locksOf(survey, table, list) }),
      hint: hintOf(list, lacking, unknown),
    },
  ]
}

function locksOf({ altersTables }: Survey, { name }: SurveyedTable, { by }: LabelList): string {
  if (by.kind === 'type') return 'no table: the type alone, for an instant'
  return altersTables
    ? `ACCESS EXCLUSIVE on ${name} while all of its rows are read`
    : 'the whole file while all rows of the table are read'
}

function hintOf({ by }: LabelList, lacking: readonly string[], unknown: readonly string[]): string {
  const inTime = 'No row can hold a new value before the transaction that adds it is committed.'
  const unnamed = 'The check has no name: only a new table can change it.'
  const rest =
    'Rows may hold what the code does not know: declare it, or change such rows before the database refuses it.'
  return [
    ...(lacking.length > 0 && by.kind === 'type' ? [inTime] : []),
    ...(lacking.length > 0 && by.kind === 'check' && by.name === undefined ? [unnamed] : []),
    ...(lacking.length > 0 ? ['A migration of the schema file adds the same.'] : []),
    ...(unknown.length > 0 ? [rest] : []),
  ].join(' ')
}

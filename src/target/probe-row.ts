import { randomUUID } from 'node:crypto'
import type { SurveyedColumn, SurveyedTable } from './survey.js'
import type { ColumnType } from './value/column-type.js'

/** The columns that a row which is only tried gives itself: the database is to fill defaults, identities and a key of one integer. */
export function givenColumns({ columns, primaryKey, foreignKeys }: SurveyedTable): SurveyedColumn[] {
  return columns.filter((column) => {
    if (column.generated || column.identity !== undefined || column.defaultSql !== undefined) return false
    const refers = foreignKeys.some((key) => key.columns.includes(column.name))
    const isKey = primaryKey?.columns.length === 1 && primaryKey.columns[0] === column.name && !refers
    return !(isKey && column.type.kind === 'integer')
  })
}

/** The columns that must not be null, and that such a row leaves to the database. */
export function columnsLeftOut(table: SurveyedTable): SurveyedColumn[] {
  const given = new Set(givenColumns(table))
  return table.columns.filter((column) => !given.has(column) && !column.nullable)
}

/** Some text that a column of this type may well take. */
export function madeUpText(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
      return randomUUID().slice(0, type.maxLength ?? 36)
    case 'integer':
    case 'numeric':
    case 'float':
      return '1'
    case 'boolean':
      return 'false'
    case 'uuid':
      return randomUUID()
    case 'timestamp':
    case 'date':
      return '2000-01-01'
    case 'time':
      return '00:00'
    case 'json':
    case 'array':
      return '{}'
    case 'enum':
      return type.labels[0] ?? ''
    case 'bytes':
      return ''
    case 'other':
      return otherTexts.find(([name]) => name.test(type.name))?.[1] ?? ''
  }
}

/** Types of Postgres beyond those that both engines share. */
const otherTexts: readonly [name: RegExp, text: string][] = [
  [/^(inet|cidr)$/, '127.0.0.1'],
  [/^macaddr$/, '00:00:00:00:00:00'],
  [/^interval\b/, '0'],
  [/^bit\b/, '0'],
  [/^money$/, '0'],
  [/^point$/, '(0,0)'],
  [/range$/, 'empty'],
]

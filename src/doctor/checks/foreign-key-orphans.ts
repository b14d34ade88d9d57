import type { Survey, SurveyedColumn, SurveyedForeignKey, SurveyedTable } from '../../target/survey.js'
import type { Check, Found, Patient } from '../check.js'
import { labelOf } from '../beside-table.js'
import { declaredForeignKeys } from '../declared-foreign-keys.js'
import { notRead } from '../not-looked-at.js'
import { quoteName } from '../quote.js'

type Key = Pick<
  SurveyedForeignKey,
  'name' | 'columns' | 'parent' | 'parentSql' | 'parentColumns' | 'notValid'
>

/** Rows that point at no row, where the database lets them. */
export const foreignKeyOrphans: Check = {
  code: 'foreign_key.orphans',
  severity: 'error',
  why: 'Joins lose these rows in silence, and no foreign key can be added or validated while they are there.',
  when: 'data',
  async find(patient) {
    const { survey } = patient
    const open = survey.tables.map((table) => [table, openKeys(patient, table)] as const)
    const asked = open.flatMap(([table, keys]) =>
      keys.length === 0 ? [] : [table, ...parentsOf(survey, keys)],
    )
    const found = notRead(survey, [...new Set(asked)])
    for (const [table, keys] of open) {
      for (const key of keys) {
        if (!isReadable(survey, table, key)) continue
        const count = await patient.audit.countOrphans(table, key)
        if (count > 0) found.push(describe(survey, table, key, count))
      }
    }
    return found
  },
}

/** Foreign keys that are not enforced, and those that the schema file alone has. */
function openKeys({ survey, declared }: Patient, table: SurveyedTable): Key[] {
  const live = new Set(table.foreignKeys.map(identity))
  const missing = declared
    .filter((one) => survey.tableOf(one) === table)
    .flatMap((one) => declaredForeignKeys(one))
    .flatMap((key): Key[] => {
      const parent = survey.tableOf(key.parent)
      return parent === undefined
        ? []
        : [{ ...key, parent: parent.name, parentSql: parent.sql, notValid: false }]
    })
    .filter((key) => !live.has(identity(key)))
  return [...table.foreignKeys.filter(({ enforced }) => !enforced), ...missing]
}

function parentsOf({ tables }: Survey, keys: readonly Key[]): SurveyedTable[] {
  return tables.filter(({ name }) => keys.some(({ parent }) => parent === name))
}

function identity({ columns, parent }: Pick<Key, 'columns' | 'parent'>): string {
  return [parent, ...columns.toSorted()].join('\n')
}

/** Both tables may be read in full, and their columns be compared. */
function isReadable({ tables }: Survey, table: SurveyedTable, key: Key): boolean {
  const parent = tables.find(({ name }) => name === key.parent)
  if (parent === undefined || parent.hidesRows || !parent.may.select || !table.may.select) return false
  return key.columns.every((name, at) =>
    areComparable(columnOf(table, name), columnOf(parent, key.parentColumns[at])),
  )
}

function columnOf({ columns }: SurveyedTable, name: string | undefined): SurveyedColumn | undefined {
  return columns.find((column) => column.name === name)
}

function areComparable(one: SurveyedColumn | undefined, other: SurveyedColumn | undefined): boolean {
  if (one === undefined || other === undefined || one.type.kind === 'json') return false
  const kinds = [one.type.kind, other.type.kind]
  const isAll = (...wanted: string[]) => kinds.every((kind) => wanted.includes(kind))
  return one.declared === other.declared || isAll('text') || isAll('integer', 'numeric', 'float')
}

function describe(survey: Survey, table: SurveyedTable, key: Key, count: number): Found {
  const filled = key.columns.map((name) => `c.${quoteName(name)} IS NOT NULL`).join(' AND ')
  const isSame = key.columns
    .map((name, at) => `p.${quoteName(key.parentColumns[at] as string)} = c.${quoteName(name)}`)
    .join(' AND ')
  const orphans = `${filled} AND NOT EXISTS (SELECT 1 FROM ${key.parentSql} AS p WHERE ${isSame})`
  const list = `This lists them: SELECT c.* FROM ${table.sql} AS c WHERE ${orphans};`
  const found = {
    object: labelOf(table, key.name),
    message: `${count} ${count === 1 ? 'row' : 'rows'} of ${table.name} with ${key.columns.join(', ')} for which ${key.parent} has no row.`,
  }
  if (!mayBeEmptied(table, key))
    return { ...found, hint: `Bring back what they point at, or delete them. ${list}` }
  const empty = key.columns.map((name) => `${quoteName(name)} = NULL`).join(', ')
  const validate = `ALTER TABLE ${table.sql} VALIDATE CONSTRAINT ${quoteName(key.name)};`
  return {
    ...found,
    sql: [`UPDATE ${table.sql} AS c SET ${empty} WHERE ${orphans};`, ...(key.notValid ? [validate] : [])],
    locks: survey.altersTables
      ? `the rows that are changed${key.notValid ? `, and SHARE UPDATE EXCLUSIVE on ${table.name} while all of it is read` : ''}`
      : 'the whole file while the rows are changed',
    hint: `What they pointed at is forgotten then: keep it where it may still be needed. ${list}`,
  }
}

/** Every column may be null, and none of them says something else as well. */
function mayBeEmptied(table: SurveyedTable, key: Key): boolean {
  const others = [...table.foreignKeys, ...table.uniqueKeys].filter(({ name }) => name !== key.name)
  return key.columns.every((name) => {
    const column = columnOf(table, name)
    const isShared = others.some(({ columns }) => columns.includes(name))
    return column?.nullable === true && !column.generated && !isShared
  })
}

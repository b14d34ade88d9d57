import type { Survey, SurveyedForeignKey, SurveyedIndex, SurveyedTable } from '../../target/survey.js'
import { columnsSql, labelOf } from '../beside-table.js'
import type { Check } from '../check.js'
import { nameGiver } from '../name-giver.js'
import { ownTables } from '../own-tables.js'
import { quoteName } from '../quote.js'

/** A foreign key whose rows are found by reading the whole table. */
export const foreignKeyWithoutIndex: Check = {
  code: 'foreign_key.no_index',
  severity: 'warning',
  why: 'Each delete or change of a key in the table referred to, and each join, reads this whole table.',
  find: ({ survey }) => {
    const giveName = nameGiver(survey)
    return ownTables(survey).flatMap((table) =>
      unserved(table).map((key) => {
        const name = quoteName(giveName(table, key.columns, 'idx'))
        return {
          object: labelOf(table, key.name),
          message: `No index of ${table.name} begins with ${key.columns.join(', ')}, which refers to ${key.parent}.`,
          sql: [`CREATE INDEX ${name} ON ${table.sql} (${columnsSql(table, key.columns)});`],
          ...costs(survey, table),
        }
      }),
    )
  },
}

function costs({ altersTables }: Survey, table: SurveyedTable): { locks: string; hint?: string } {
  if (!altersTables) return { locks: 'the write lock on the file: writers wait while the index is built' }
  return {
    locks: `SHARE on ${table.name}: writers wait while the index is built`,
    ...(!table.partitioned && {
      hint: 'CREATE INDEX CONCURRENTLY, outside of a transaction, lets writers go on.',
    }),
  }
}

/** The keys that need an index of their own. One over more columns serves those that it begins with as well. */
function unserved({ foreignKeys, indexes }: SurveyedTable): SurveyedForeignKey[] {
  const needing: SurveyedForeignKey[] = []
  for (const key of foreignKeys.toSorted((one, other) => other.columns.length - one.columns.length)) {
    const isServed =
      indexes.some((index) => serves(index, key)) ||
      needing.some(({ columns }) => beginsWith(columns, key.columns))
    if (!isServed) needing.push(key)
  }
  return needing
}

function serves({ columns, method, predicate }: SurveyedIndex, key: SurveyedForeignKey): boolean {
  const findsEqual = method === 'btree' || method === 'hash'
  return findsEqual && beginsWith(columns, key.columns) && holdsAll(predicate, key.columns)
}

/** In whatever order; names of SQLite are the same in whatever case. */
function beginsWith(members: readonly (string | null)[], columns: readonly string[]): boolean {
  const first = new Set(members.slice(0, columns.length).map((member) => member?.toLowerCase()))
  return columns.every((column) => first.has(column.toLowerCase()))
}

/** True when every row that points at another is in the index: `(team_id IS NOT NULL)`. */
function holdsAll(predicate: string | undefined, columns: readonly string[]): boolean {
  if (predicate === undefined) return true
  const names = new Set(columns.map((column) => column.toLowerCase()))
  return predicate
    .replaceAll(/[()]/g, '')
    .split(/\s+and\s+/i)
    .every((term) => {
      const name = /^\s*["`[]?(.+?)["`\]]?\s+(?:is\s+not\s+null|not\s*null)\s*$/i.exec(term)?.[1]
      return name !== undefined && names.has(name.toLowerCase())
    })
}

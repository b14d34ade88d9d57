import type { CompiledMapping } from '../../pipeline/compiled-pipeline.js'
import { withDescendants } from '../../pipeline/compile-children.js'
import type { SurveyedTable } from '../../target/survey.js'
import type { Check, Found } from '../check.js'
import { inStyle, isOfStyle, type Style, unstyled } from '../naming-style.js'
import { bareName, ownTables } from '../own-tables.js'
import { quoteName } from '../quote.js'

/** A table that does not keep when its rows were made, or changed. */
export const columnWithoutTimestamps: Check = {
  code: 'column.no_timestamps',
  severity: 'info',
  why: 'When something went wrong, nobody can tell which rows were made or changed at the time.',
  find: ({ survey, pipelines }) => {
    const mappings = pipelines.flatMap((pipeline) => [pipeline, ...withDescendants(pipeline.children)])
    return ownTables(survey)
      .filter(isOfThings)
      .flatMap((table) => {
        const missing = instants
          .filter((instant) => !keeps(table, instant, mappings))
          .map((instant) => ({ ...instant, name: inStyle(instant.column, styleOf(table)) }))
        if (missing.length === 0) return []
        const names = missing.map(({ name }) => name)
        return [
          {
            object: table.name,
            message: `No column tells when a row was ${missing.map(({ happened }) => happened).join(' or ')}.`,
            ...(survey.altersTables ? added(table, names) : { hint: atSqlite(names) }),
          },
        ]
      })
  },
}

interface Instant {
  readonly column: string
  readonly purpose: 'createdAt' | 'updatedAt'
  readonly happened: string
  /** Of a name in lower case without underscores. */
  readonly pattern: RegExp
}

const behind = '(?:at|on|date|time|datetime|timestamp|utc|ts)*'
const instants: readonly Instant[] = [
  {
    column: 'created_at',
    purpose: 'createdAt',
    happened: 'made',
    pattern: new RegExp(
      `^(?:date|time)?(?:created?|creation|inserted|insert|insertion|added|registered|registration|timestamp)${behind}$`,
    ),
  },
  {
    column: 'updated_at',
    purpose: 'updatedAt',
    happened: 'changed',
    pattern: new RegExp(
      `^(?:date|time)?(?:last)?(?:updated?|modified|modification|modify|changed?|touched)${behind}$`,
    ),
  },
]

/** Not of pairs: a table has a key of its own, more than the key, and columns that refer to nothing. */
function isOfThings({ columns, primaryKey, foreignKeys }: SurveyedTable): boolean {
  if (primaryKey === null || columns.length < 3) return false
  const referring = new Set(foreignKeys.flatMap((key) => key.columns))
  const isKey = (name: string) => primaryKey.columns.includes(name)
  return (
    primaryKey.columns.some((name) => !referring.has(name)) &&
    columns.some(({ name }) => !isKey(name) && !referring.has(name))
  )
}

function keeps(
  table: SurveyedTable,
  { pattern, purpose }: Instant,
  mappings: readonly CompiledMapping[],
): boolean {
  const kept = new Set(mappings.map(({ bookkeeping }) => bookkeeping[purpose]))
  const prefixes = [unstyled(bareName(table)).replace(/s$/, ''), commonPrefix(table)]
  return table.columns.some(({ name, type }) => {
    if (kept.has(name)) return true
    const word = unstyled(name)
    const unprefixed = prefixes.filter((one) => word.startsWith(one)).map((one) => word.slice(one.length))
    return type.kind !== 'boolean' && [word, ...unprefixed].some((one) => pattern.test(one))
  })
}

/** What most columns of the table begin with: `img` of `img_name` and `img_timestamp`; nothing when they begin with nothing. */
function commonPrefix({ columns }: SurveyedTable): string {
  const firsts = columns.filter(({ name }) => name.includes('_')).map(({ name }) => name.split('_')[0] ?? '')
  const prefix = firsts.find((one) => firsts.filter((other) => other === one).length * 2 > columns.length)
  return prefix?.toLowerCase() ?? ''
}

/** How the table writes names of two words. */
function styleOf({ columns }: SurveyedTable): Style {
  const isOnly = (style: Style) =>
    columns.some(({ name }) => isOfStyle(name, style) && !isOfStyle(name, 'snake'))
  return isOnly('camel') ? 'camel' : isOnly('pascal') ? 'pascal' : 'snake'
}

function added(table: SurveyedTable, names: readonly string[]): Pick<Found, 'sql' | 'locks' | 'hint'> {
  return {
    sql: names.map(
      (name) => `ALTER TABLE ${table.sql} ADD COLUMN ${quoteName(name)} timestamptz NOT NULL DEFAULT now();`,
    ),
    locks: `ACCESS EXCLUSIVE on ${table.name}, for an instant`,
    hint: 'Rows that are there get the time of the statement; whoever changes a row has to set when.',
  }
}

function atSqlite(names: readonly string[]): string {
  return `Declare ${names.join(' and ')} in a table made anew: SQLite adds no column whose default is not constant.`
}

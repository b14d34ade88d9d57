import type { Survey, SurveyedTable } from '../../target/survey.js'
import type { Check, Found } from '../check.js'
import { inStyle, mostUsedStyle } from '../naming-style.js'
import { bareName, ownTables } from '../own-tables.js'
import { reserved } from '../quote.js'
import { rename, type Renaming } from '../rename.js'

/** A table or column whose name is a word of the language. */
export const nameReserved: Check = {
  code: 'name.reserved',
  severity: 'warning',
  why: 'Every statement has to quote it, and one that forgets fails, or reads something else, as `select user` does.',
  find: ({ survey }) =>
    ownTables(survey).flatMap((table) => [
      ...table.columns
        .filter(({ name }) => reserved.has(name))
        .map(({ name, sql }) => {
          const better = columnName(table, name)
          const isTaken = table.columns.some((column) => column.name === better)
          return {
            object: `${table.name}.${name}`,
            message: `"${name}" is a reserved word of PostgreSQL.`,
            ...renamed(survey, table, isTaken ? undefined : [`COLUMN ${sql} TO`, better]),
          }
        }),
      ...(reserved.has(bareName(table)) ? [tableFound(survey, table)] : []),
    ]),
}

function tableFound(survey: Survey, table: SurveyedTable): Found {
  const [name, better] = [bareName(table), plural(bareName(table))]
  const isTaken = better === name || survey.isTaken(better, table.schema)
  return {
    object: table.name,
    message: `"${name}" is a reserved word of PostgreSQL.`,
    ...renamed(survey, table, isTaken ? undefined : ['TO', better]),
  }
}

function renamed(
  survey: Survey,
  table: SurveyedTable,
  change: Renaming | undefined,
): Pick<Found, 'sql' | 'locks' | 'hint'> {
  const hint = 'Code, views outside of the database and pipelines that say the old name have to follow.'
  if (change === undefined) return { hint: `Choose a name that is not taken. ${hint}` }
  return { ...rename(survey, table, change), hint }
}

/** `order` of `line_items` → `line_item_order`, and `lineItemOrder` where columns are written so. */
function columnName(table: SurveyedTable, word: string): string {
  const names = table.columns.map(({ name }) => name)
  return inStyle(`${singular(bareName(table))}_${word}`, mostUsedStyle(names))
}

/** `category` → `categories`, `user` → `users`. */
function plural(word: string): string {
  if (word.endsWith('s')) return word
  if (/(?:x|ch|sh)$/.test(word)) return `${word}es`
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`
}

/** `categories` → `category`, `users` → `user`, `status` → `status`. */
function singular(name: string): string {
  if (/ies$/i.test(name)) return `${name.slice(0, -3)}y`
  return /[^su]s$/i.test(name) && !/is$/i.test(name) ? name.slice(0, -1) : name
}

import type { Survey, SurveyedColumn, SurveyedEnum, SurveyedTable } from '../../target/survey.js'
import type { Check, Found } from '../check.js'
import { type NameGiver, nameGiver } from '../name-giver.js'
import { quoteName, quoteText } from '../quote.js'

/** An enum type that columns use: the same as text with a check works on every engine. */
export const enumNative: Check = {
  code: 'enum.native',
  severity: 'warning',
  why: 'No label of an enum type can be taken out or moved, and no other engine has such types: text with a check can do what they do.',
  when: 'portable',
  find: ({ survey }) => {
    const giveName = nameGiver(survey)
    return survey.enums.flatMap((type) => {
      const uses = usesOf(survey, type)
      return uses.length === 0 ? [] : [describe(type, uses, giveName)]
    })
  },
}

interface Use {
  readonly table: SurveyedTable
  readonly column: SurveyedColumn
}

function usesOf({ tables }: Survey, { name }: SurveyedEnum): Use[] {
  return tables.flatMap((table) =>
    table.columns.filter((column) => column.enumName === name).map((column) => ({ table, column })),
  )
}

function describe(type: SurveyedEnum, uses: readonly Use[], giveName: NameGiver): Found {
  const columns = uses.map(({ table, column }) => `${table.name}.${column.name}`)
  const found = { object: type.name, message: `The enum type is that of ${columns.join(', ')}.` }
  const obstacle = obstacleOf(type, uses)
  if (obstacle !== undefined) return { ...found, hint: obstacle }
  const tables = [...new Set(uses.map(({ table }) => table.name))]
  return {
    ...found,
    sql: [...uses.flatMap((use) => toText(use, type, giveName)), `DROP TYPE ${type.sql};`],
    locks: `ACCESS EXCLUSIVE on ${tables.join(', ')} while all of it is written anew`,
    hint: 'The schema file then declares text with a check. Text sorts by its letters, and not in the order of the labels.',
  }
}

/** Why no statements are given. */
function obstacleOf({ dependents }: SurveyedEnum, uses: readonly Use[]): string | undefined {
  const named = ({ table, column }: Use) => `${table.name}.${column.name}`
  const array = uses.find(({ column }) => column.type.kind === 'array')
  if (array !== undefined)
    return `${named(array)} is an array of it: no check holds the elements of an array to a list in a way that every engine has.`
  const generated = uses.find(({ column }) => column.generated)
  if (generated !== undefined)
    return `${named(generated)} is generated: drop it first, and make it anew as text.`
  if (dependents.length > 0)
    return `First drop what depends on the type or its columns, and make it anew for text: ${dependents.join('; ')}.`
  const computed = uses.find(
    ({ column }) => column.defaultSql !== undefined && labelOf(column.defaultSql) === undefined,
  )
  return computed === undefined
    ? undefined
    : `The default of ${named(computed)} is an expression: write it for text by hand.`
}

function toText({ table, column }: Use, { labels }: SurveyedEnum, giveName: NameGiver): string[] {
  const change = `ALTER TABLE ${table.sql} ALTER COLUMN ${column.sql}`
  const label = column.defaultSql === undefined ? undefined : labelOf(column.defaultSql)
  const check = quoteName(giveName(table, [column.name], 'check'))
  return [
    ...(label === undefined ? [] : [`${change} DROP DEFAULT;`]),
    `${change} TYPE text USING ${column.sql}::text;`,
    ...(labels.length === 0
      ? []
      : [
          `ALTER TABLE ${table.sql} ADD CONSTRAINT ${check} CHECK (${column.sql} IN (${labels.map(quoteText).join(', ')}));`,
        ]),
    ...(label === undefined ? [] : [`${change} SET DEFAULT ${quoteText(label)};`]),
  ]
}

/** `'it''s'::mood` → `it's`; undefined for any other expression. */
function labelOf(defaultSql: string): string | undefined {
  const [, escapes, text] = /^(E?)'((?:[^']|'')*)'::[\w."]+$/.exec(defaultSql) ?? []
  if (text === undefined) return undefined
  const label = text.replaceAll("''", "'")
  return escapes === 'E' ? label.replaceAll('\\\\', '\\') : label
}

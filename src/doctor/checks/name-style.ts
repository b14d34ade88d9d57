import type { Survey, SurveyedTable } from '../../target/survey.js'
import type { Check, Found } from '../check.js'
import { isShortEnough } from '../default-name.js'
import { inStyle, isOfStyle, mostUsedStyle, type Style, styles } from '../naming-style.js'
import { bareName, ownTables } from '../own-tables.js'
import { reserved } from '../quote.js'
import { rename, type Renaming } from '../rename.js'

/** A table or column that is written otherwise than nearly all of them. */
export const nameStyle: Check = {
  code: 'name.style',
  severity: 'info',
  why: 'Whoever writes a statement has to look up how this one name is written.',
  find: ({ survey }) => {
    const tables = ownTables(survey)
    const ofTables = outliersOf(tables.map(bareName))
    const ofColumns = outliersOf(tables.flatMap(({ columns }) => columns.map(({ name }) => name)))
    return [
      ...tables.flatMap((table) => columnsFound(survey, table, ofColumns)),
      ...tables
        .filter((table) => ofTables.has(bareName(table)))
        .map((table) => tableFound(survey, table, ofTables)),
    ]
  },
}

/** Names that are not of the style of most, with that style. */
type Outliers = Pick<ReadonlySet<string>, 'has'> & { readonly style: Style }

/** Three names have to speak for the style of most against each that speaks for the outlier's; a name of both speaks for neither. */
const fewestToOne = 3

function outliersOf(names: readonly string[]): Outliers {
  const style = mostUsedStyle(names)
  const count = (isCounted: (name: string) => boolean) => names.filter(isCounted).length
  const outliers = names.filter((name) => {
    if (isOfStyle(name, style)) return false
    const own = styles.filter((other) => isOfStyle(name, other))
    const isOfOwn = (other: string) =>
      own.length === 0
        ? !styles.some((one) => isOfStyle(other, one))
        : own.some((one) => isOfStyle(other, one))
    const most = count((other) => isOfStyle(other, style) && !isOfOwn(other))
    const others = count((other) => isOfOwn(other) && !isOfStyle(other, style))
    return most >= fewestToOne * others
  })
  const set = new Set(outliers)
  return { has: (name) => set.has(name), style }
}

const words: Readonly<Record<Style, string>> = {
  snake: 'snake_case',
  camel: 'camelCase',
  pascal: 'PascalCase',
}

function columnsFound(survey: Survey, table: SurveyedTable, { has, style }: Outliers): Found[] {
  const taken = new Set(table.columns.map(({ name }) => name))
  return table.columns
    .filter(({ name }) => has(name))
    .map(({ name, sql }) => {
      const better = inStyle(name, style)
      const isFree = !taken.has(better)
      taken.add(better)
      return {
        object: `${table.name}.${name}`,
        message: `Nearly all columns are written in ${words[style]}, and this one is not.`,
        ...renamed(survey, table, isFree ? [`COLUMN ${sql} TO`, better] : undefined),
      }
    })
}

function tableFound(survey: Survey, table: SurveyedTable, { style }: Outliers): Found {
  const better = inStyle(bareName(table), style)
  const isFree = !survey.isTaken(better, table.schema)
  return {
    object: table.name,
    message: `Nearly all tables are written in ${words[style]}, and this one is not.`,
    ...renamed(survey, table, isFree ? ['TO', better] : undefined),
  }
}

function renamed(
  survey: Survey,
  table: SurveyedTable,
  change: Renaming | undefined,
): Pick<Found, 'sql' | 'locks' | 'hint'> {
  const hint =
    'Code and pipelines that say the old name have to follow; statements for the columns of a table go before its own.'
  const isUsable = (name: string) => name !== '' && isShortEnough(name) && !reserved.has(name)
  if (change === undefined || !isUsable(change[1]))
    return { hint: `Choose a name that is free, not too long and no reserved word. ${hint}` }
  return { ...rename(survey, table, change), hint }
}

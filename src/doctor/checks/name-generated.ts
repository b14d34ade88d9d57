import type { Survey, SurveyedTable } from '../../target/survey.js'
import { labelOf, siblingSql } from '../beside-table.js'
import type { Check, Found } from '../check.js'
import { defaultName } from '../default-name.js'
import { bareName, ownTables } from '../own-tables.js'
import { quoteName } from '../quote.js'

/** A constraint or index whose name nobody chose, and nobody can read. */
export const nameGenerated: Check = {
  code: 'name.generated',
  severity: 'info',
  why: 'An error that names it tells nobody what is wrong, and another database may give it another name.',
  find: ({ survey }) => {
    if (!survey.altersTables) return []
    const given = new Set<string>()
    return ownTables(survey).flatMap((table) =>
      namedOf(table)
        .filter((named) => isGenerated(table, named))
        .map((named) => {
          const better = defaultNames(table, named)[0] as string
          const isFree = !isTaken(survey, table, named, better) && !given.has(`${table.name}.${better}`)
          given.add(`${table.name}.${better}`)
          return {
            object: labelOf(table, named.name),
            message: `The name of this ${named.what} was made by a machine.`,
            ...(isFree
              ? renamed(table, named, better)
              : { hint: `${better} is taken, perhaps by one that does the same: compare the two.` }),
          }
        }),
    )
  },
}

interface Named {
  readonly name: string
  readonly what: 'primary key' | 'unique constraint' | 'foreign key' | 'check' | 'index'
  readonly columns: readonly string[]
}

const labels: Readonly<Record<Named['what'], string>> = {
  'primary key': 'pkey',
  'unique constraint': 'key',
  'foreign key': 'fkey',
  check: 'check',
  index: 'idx',
}

function namedOf({ primaryKey, uniqueKeys, foreignKeys, checks, indexes }: SurveyedTable): Named[] {
  const columnsOf = (name: string) => uniqueKeys.find((key) => key.name === name)?.columns ?? []
  return [
    ...foreignKeys.map(({ name, columns }): Named => ({ name, columns, what: 'foreign key' })),
    ...checks.map(({ name, columns }): Named => ({ name, columns, what: 'check' })),
    ...indexes
      // An exclusion is a constraint without being a unique key.
      .filter(({ isConstraint, unique }) => unique || !isConstraint)
      .map(({ name, columns, isConstraint }): Named => {
        const what = primaryKey?.name === name ? 'primary key' : isConstraint ? 'unique constraint' : 'index'
        return {
          name,
          what,
          columns: columns.some((column) => column === null) ? columnsOf(name) : (columns as string[]),
        }
      }),
  ]
}

/** Names of machines: a hash of TypeORM or SQL Server, a number of Oracle, MySQL, pgloader (an OID) or Postgres before 7.3. */
const machines =
  /^(?:(?:pk|uq|fk|chk|rel|idx|xcl)_[0-9a-f]{26,}|(?:pk|uq|fk|ck|df)__.*__[0-9a-f]{8,16}|sys_c\d+|.*_(?:ibfk|chk)_\d+|idx_\d+_.*|\$\d+)$/i

/** A hash of Hibernate, to base 35: `fk8ahhk8vqegfrt6pd1p9i03aej`. */
const hibernate = /^(?:fk|uk|idx)_?(?=(?:[a-z]*\d){3})[0-9a-z]{20,27}$/

function isGenerated(table: SurveyedTable, named: Named): boolean {
  return machines.test(named.name) || hibernate.test(named.name) || isNumbered(table, named)
}

/** The name that Postgres makes when the one without a number is taken. */
function isNumbered(table: SurveyedTable, named: Named): boolean {
  const [, base] = /^(.*?\D)\d+$/.exec(named.name) ?? []
  return base !== undefined && defaultNames(table, named).includes(base)
}

/** The one to take, and those that Postgres makes otherwise: of the first column alone, or of none for a check. */
function defaultNames(table: SurveyedTable, { what, columns }: Named): string[] {
  const own = what === 'primary key' ? [] : columns
  const nameOf = (members: readonly string[]) => defaultName(bareName(table), members, labels[what])
  return [nameOf(own), nameOf(own.slice(0, 1)), ...(what === 'check' ? [nameOf([])] : [])]
}

/** Indexes share their names with all of the schema, other constraints with those of their table. */
function isTaken(survey: Survey, table: SurveyedTable, { what }: Named, name: string): boolean {
  const isOfTable = namedOf(table).some((other) => other.name === name)
  return isOfTable || (what !== 'foreign key' && what !== 'check' && survey.isTaken(name, table.schema))
}

function renamed(table: SurveyedTable, { name, what }: Named, better: string): Pick<Found, 'sql' | 'locks'> {
  return what === 'index'
    ? {
        sql: [`ALTER INDEX ${siblingSql(table, name)} RENAME TO ${quoteName(better)};`],
        locks: `SHARE UPDATE EXCLUSIVE on the index, for an instant`,
      }
    : {
        sql: [`ALTER TABLE ${table.sql} RENAME CONSTRAINT ${quoteName(name)} TO ${quoteName(better)};`],
        locks: `ACCESS EXCLUSIVE on ${table.name}, for an instant`,
      }
}

import { TargetError } from '../../errors.js'
import type { Connection } from './connection.js'
import { quoteName } from './quote.js'
import { withScratch } from './with-scratch.js'
import { normal, tableShape, type TableShape } from './table-shape.js'
import type { Twin } from './twin.js'

/**
 * The statements that bring a database to its twins: missing tables, columns and indexes; none when all of it is there.
 * @throws TargetError `migrate.twin_differs` for what SQLite cannot change in place, `twin.no_expression`
 */
export function twinMigration(connection: Connection, twins: readonly Twin[]): string[] {
  return withScratch(twins, (scratch) => twins.flatMap((twin) => statementsFor(connection, scratch, twin)))
}

function statementsFor(connection: Connection, scratch: Connection, twin: Twin): string[] {
  const wanted = tableShape(scratch, twin.liveName)
  const found = tableShape(connection, twin.liveName)
  const indexes = missingIndexes(connection, twin)
  if (wanted === undefined || found === undefined) {
    return [twin.create, ...(twin.seed === undefined ? [] : [twin.seed]), ...indexes]
  }
  return [...missingColumns(twin, wanted, found), ...indexes]
}

/** An index under the right name that says something else is made anew. */
function missingIndexes(connection: Connection, { indexes }: Twin): string[] {
  return indexes.flatMap(({ name, create }) => {
    const found = connection.get(`select sql from sqlite_master where type = 'index' and name = ?`, [name])
    if (found === undefined) return [create]
    return normal(found[0] as string) === normal(create) ? [] : [`drop index ${quoteName(name)}`, create]
  })
}

function missingColumns(twin: Twin, wanted: TableShape, found: TableShape): string[] {
  const missing = [...wanted.columns.keys()].filter((name) => !found.columns.has(name))
  for (const [name, shape] of wanted.columns) {
    const is = found.columns.get(name)
    if (is === undefined && !isAddable(shape))
      throw differs(twin, `column ${name} is missing and is not null without a constant default`)
    if (is !== undefined && is !== shape)
      throw differs(twin, `column ${name} is \`${is}\`, the schema says \`${shape}\``)
  }
  // What an older schema had does no harm, as long as rows can do without it.
  for (const [name, shape] of found.columns) {
    if (!wanted.columns.has(name) && / not null(?!.* default )/.test(shape))
      throw differs(twin, `column ${name} is not in the schema and is not null`)
  }
  compareConstraints(twin, wanted, found, missing)
  return missing.map((name) => `alter table ${quoteName(twin.liveName)} add column ${twin.columns.get(name)}`)
}

/** https://sqlite.org/lang_altertable.html#altertabaddcol: a constant default, and one at all for what is not null. */
function isAddable(shape: string): boolean {
  const constant = /^\w+(?: not null)? default (?:'(?:[^']|'')*'|x'\w*'|-?[\d.]+)(?: collate \w+)?$/i
  return constant.test(shape) || /^\w+(?: collate \w+)?$/.test(shape)
}

/** Those of a new column come with it. */
function compareConstraints(
  twin: Twin,
  wanted: TableShape,
  found: TableShape,
  added: readonly string[],
): void {
  for (const [name, shape] of wanted.constraints) {
    const is = found.constraints.get(name)
    const comesAlong = added.some((column) => twin.columns.get(column)?.includes(constraintText(name)))
    if (is !== shape && !comesAlong)
      throw differs(twin, `${name} is ${is === undefined ? 'missing' : 'another one'}`)
  }
  for (const name of found.constraints.keys()) {
    if (!wanted.constraints.has(name)) throw differs(twin, `${name} is not in the schema`)
  }
}

/** How a constraint of one column begins in the column's definition. */
function constraintText(name: string): string {
  return name.startsWith('check ')
    ? `constraint ${quoteName(name.slice('check '.length))} check`
    : 'references'
}

function differs(twin: Twin, what: string): TargetError {
  return new TargetError(
    'migrate.twin_differs',
    `The table ${twin.name} differs from the schema, and SQLite cannot change that in place: ${what}.`,
    {
      hint: 'Rebuild the table by hand, or move the database file away, then run `carryover migrate` and `carryover run` again.',
    },
  )
}

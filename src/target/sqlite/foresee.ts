import type { Foreseen, Staged } from '../batch.js'
import type { Connection } from './connection.js'
import { findOrphans } from './orphans.js'
import { recordAsTable, storeRow } from './stored-row.js'

/** Finds the constraint of one kind that a record breaks. */
type FindBroken = (values: readonly (string | null)[]) => Omit<Foreseen, 'ordinal'> | undefined

/** Which records break a check or point at no parent, asked before anything is written: the first of each record. */
export function foresee(connection: Connection, staged: Staged, resolved: ReadonlySet<string>): Foreseen[] {
  const finders = [brokenCheck(connection, staged), ...missingParents(connection, staged, resolved)]
  return staged.rows.flatMap(({ ordinal, values }) => {
    for (const find of finders) {
      const broken = find(values)
      if (broken !== undefined) return [{ ordinal, ...broken }]
    }
    return []
  })
}

/** One statement over all checks whose columns the pipeline provides. */
function brokenCheck(connection: Connection, { table, columns }: Staged): FindBroken {
  const checks = table.checks.filter((check) => check.columns.every((column) => columns.includes(column)))
  if (checks.length === 0) return () => undefined
  const judge = connection.reader(
    `select ${checks.map((check) => `(${check.expression}) is false`).join(', ')} from ${recordAsTable(table, columns)}`,
  )
  const store = storeRow(table, columns)
  return (values) => {
    const check = checks[judge(store(values))?.indexOf(1n) ?? -1]
    return check && { code: 'check', constraint: check.name, column: onlyOne(check.columns) }
  }
}

/** A table's own rows may arrive in the same batch as those that point at them: these are left to the database. */
function missingParents(
  connection: Connection,
  { table, columns }: Staged,
  resolved: ReadonlySet<string>,
): FindBroken[] {
  return table.foreignKeys
    .filter((key) => key.parentSql !== table.sql && key.columns.every((column) => columns.includes(column)))
    .filter((key) => !key.columns.every((column) => resolved.has(column)))
    .map((key) => {
      const isOrphan = findOrphans(connection, table, key, columns)
      const broken = { code: 'foreign_key', constraint: key.name, column: onlyOne(key.columns) } as const
      return (values) => (isOrphan(values) ? broken : undefined)
    })
}

function onlyOne(columns: readonly string[]): string | undefined {
  return columns.length === 1 ? columns[0] : undefined
}

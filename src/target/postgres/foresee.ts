import type { Foreseen, Staged } from '../batch.js'
import type { ForeignKey } from '../table.js'
import { quoteName, quoteText } from './quote.js'
import type { Session } from './session.js'
import { stageSql } from './stage.js'

/** Which records break a check or point at no parent, asked of the stage before anything is written. */
export async function foresee(
  session: Session,
  staged: Staged,
  resolved: ReadonlySet<string>,
): Promise<Foreseen[]> {
  const { table } = staged
  const provided = new Set(staged.columns)
  const checks = table.checks.filter((check) => check.columns.every((column) => provided.has(column)))
  // A table's own rows may arrive in the same batch as those that point at them: the database judges these.
  const foreignKeys = table.foreignKeys.filter(
    (key) =>
      key.parentSql !== table.sql &&
      key.parent !== table.name &&
      key.columns.every((column) => provided.has(column)) &&
      !key.columns.every((column) => resolved.has(column)),
  )
  const selects = [
    ...checks.map(
      (check) => `select carryover_ordinal::text as ordinal, 'check' as code, ${quoteText(check.name)} as name
                    from stage as ${quoteName(table.name.split('.').at(-1) as string)} where (${check.expression}) is false`,
    ),
    ...foreignKeys.map(
      (key) =>
        `select carryover_ordinal::text as ordinal, 'foreign_key' as code, ${quoteText(key.name)} as name from stage s where ${orphaned(key)}`,
    ),
  ]
  if (selects.length === 0 || staged.rows.length === 0) return []
  const stage = stageSql(table, staged.columns, staged.rows) // the columns of all: a check may read the whole row
  const rows = await session.query(
    `with stage as materialized (${stage.sql}) ${selects.join('\n union all ')}`,
    stage.params,
  )
  const columnsOf = new Map<string, readonly string[]>(
    [...checks, ...foreignKeys].map((item) => [item.name, item.columns]),
  )
  const firstOf = new Map<number, Foreseen>()
  for (const row of rows) {
    const ordinal = Number(row['ordinal'])
    const constraint = row['name'] as string
    const columns = columnsOf.get(constraint) ?? []
    if (!firstOf.has(ordinal)) {
      firstOf.set(ordinal, {
        ordinal,
        code: row['code'] as Foreseen['code'],
        constraint,
        column: columns.length === 1 ? columns[0] : undefined,
      })
    }
  }
  return [...firstOf.values()]
}

function orphaned(key: ForeignKey): string {
  const present = key.columns.map((column) => `s.${quoteName(column)} is not null`)
  const equal = key.columns.map(
    (column, index) => `p.${quoteName(key.parentColumns[index] as string)} = s.${quoteName(column)}`,
  )
  return `${present.join(' and ')} and not exists (select 1 from ${key.parentSql} p where ${equal.join(' and ')})`
}

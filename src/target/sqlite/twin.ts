import { is, type Table } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { quoteName, quoteText } from './quote.js'
import { twinChecks } from './twin-check.js'
import { twinColumn } from './twin-column.js'
import { twinForeignKeys } from './twin-foreign-key.js'
import { twinGround, type TwinGround } from './twin-ground.js'
import { twinIndexes, type TwinIndex } from './twin-index.js'

/** The SQLite table that stands for a `pgTable`, statement by statement. */
export interface Twin {
  /** For people: `billing.invoices`. */
  readonly name: string
  readonly liveName: string
  /** Name → definition, as in `alter table add column`. */
  readonly columns: ReadonlyMap<string, string>
  readonly create: string
  readonly indexes: readonly TwinIndex[]
  /** Where a sequence starts that does not start at 1. */
  readonly seed: string | undefined
}

/**
 * The twins of the `pgTable`s among these tables.
 * @throws TargetError `twin.no_default`, `twin.no_sequence`
 */
export function twinsOf(tables: readonly Table[]): Twin[] {
  return tables.filter((table) => is(table, PgTable)).map(twinOf)
}

/** The twin of one table. */
export function twinOf(table: PgTable): Twin {
  const ground = twinGround(table)
  const columns = new Map(ground.config.columns.map((column) => [column.name, twinColumn(ground, column)]))
  const lines = [
    ...columns.values(),
    ...primaryKey(ground),
    ...twinChecks(ground, (read) => read.length !== 1),
    ...twinForeignKeys(ground, (pointing) => pointing.length > 1),
  ]
  return {
    name: ground.name,
    liveName: ground.liveName,
    columns,
    create: `create table ${quoteName(ground.liveName)} (\n  ${lines.join(',\n  ')}\n) strict`,
    indexes: twinIndexes(ground),
    seed: seedOf(ground),
  }
}

/** A key that the database draws stands beside its column. */
function primaryKey({ keyColumns, keyName, sequence }: TwinGround): string[] {
  if (sequence !== undefined || keyColumns.length === 0) return []
  const columns = keyColumns.map((column) => quoteName(column.name)).join(', ')
  return [`constraint ${quoteName(keyName)} primary key (${columns})`]
}

function seedOf({ liveName, sequence }: TwinGround): string | undefined {
  const start = sequence?.generatedIdentity?.sequenceOptions?.startWith
  if (start === undefined || Number(start) === 1) return undefined
  return `insert into sqlite_sequence (name, seq) values (${quoteText(liveName)}, ${BigInt(start) - 1n})`
}

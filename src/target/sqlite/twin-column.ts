import { is, SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { TargetError } from '../../errors.js'
import type { ColumnType } from '../value/column-type.js'
import { quoteName } from './quote.js'
import { twinChecks } from './twin-check.js'
import { twinDefault } from './twin-default.js'
import { twinForeignKeys } from './twin-foreign-key.js'
import { isDrawn, twinExpression, type TwinGround } from './twin-ground.js'
import { twinStorage, twinTypeCheck } from './twin-type.js'

/**
 * A column as it stands in `create table` and in `alter table add column`. Constraints of one column stand beside it, so
 * that a new column brings them along.
 * @throws TargetError `twin.no_default`, `twin.no_sequence`
 */
export function twinColumn(ground: TwinGround, column: PgColumn): string {
  const type = ground.types.get(column.name) as ColumnType
  const isSequence = column === ground.sequence
  const parts = [
    `${quoteName(column.name)} ${twinStorage(type)}`,
    isSequence ? `constraint ${quoteName(ground.keyName)} primary key autoincrement` : undefined,
    !isSequence && (column.notNull || ground.keyColumns.includes(column)) ? 'not null' : undefined,
    /^(\w+\.)?citext$/i.test(column.getSQLType()) ? 'collate nocase' : undefined,
    filled(ground, column, type),
    twinTypeCheck(column.name, type),
    ...twinChecks(ground, (columns) => columns.length === 1 && columns[0] === column.name),
    ...twinForeignKeys(ground, (columns) => columns.length === 1 && columns[0] === column.name),
  ]
  return parts.filter((part) => part !== undefined).join(' ')
}

/** What the database fills a column with. */
function filled(ground: TwinGround, column: PgColumn, type: ColumnType): string | undefined {
  if (column.generated !== undefined) return `generated always as (${generatedAs(ground, column)}) stored`
  if (column === ground.sequence) return undefined
  if (isDrawn(column)) throw noSequence(`${ground.name}.${column.name}`)
  if (column.default === undefined) return undefined
  const text = twinDefault(type, column.default, ground.types)
  if (text === undefined) throw noDefault(`${ground.name}.${column.name}`)
  return `default ${text}`
}

function generatedAs(ground: TwinGround, column: PgColumn): string {
  const as: unknown = column.generated?.as
  const expression: unknown = typeof as === 'function' ? (as as () => unknown)() : as
  return is(expression, SQL) ? twinExpression(ground, expression) : String(expression)
}

function noSequence(column: string): TargetError {
  return new TargetError(
    'twin.no_sequence',
    `The column ${column} draws its numbers from a sequence, which in SQLite only a primary key of one column can.`,
    { hint: 'Make it the primary key, or declare the table with sqliteTable.' },
  )
}

function noDefault(column: string): TargetError {
  return new TargetError(
    'twin.no_default',
    `The default of ${column} is no value of its type, so its SQLite twin cannot have it.`,
    {
      hint: 'Give the default as a value of the column, or as sql`…` that both engines understand.',
    },
  )
}

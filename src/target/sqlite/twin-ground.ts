import type { SQL } from 'drizzle-orm'
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core'
import type { ColumnType } from '../value/column-type.js'
import { liveNameOf, postgresType } from './declared-table.js'
import { portExpression } from './port-expression.js'
import { renderSql } from './render-sql.js'

/** A `pgTable` with what every part of its twin needs to know. */
export interface TwinGround {
  /** For people: `billing.invoices`. */
  readonly name: string
  /** In SQLite: `billing_invoices`. */
  readonly liveName: string
  readonly config: ReturnType<typeof getTableConfig>
  readonly types: ReadonlyMap<string, ColumnType>
  readonly keyColumns: readonly PgColumn[]
  /** As drizzle-kit and Postgres name it: `users_pkey` beside a column, `a_b_pk` for a constraint of its own. */
  readonly keyName: string
  /** The single column of the primary key whose numbers the database draws. */
  readonly sequence: PgColumn | undefined
}

/** Reads a `pgTable`. */
export function twinGround(table: PgTable): TwinGround {
  const config = getTableConfig(table)
  const inline = config.columns.filter((column) => column.primary)
  const keyColumns = inline.length > 0 ? inline : [...(config.primaryKeys[0]?.columns ?? [])]
  const [only, ...others] = keyColumns
  return {
    name: config.schema === undefined ? config.name : `${config.schema}.${config.name}`,
    liveName: liveNameOf(table),
    config,
    types: new Map(config.columns.map((column) => [column.name, postgresType(column)])),
    keyColumns,
    keyName: config.primaryKeys[0]?.getName() ?? `${config.name}_pkey`,
    sequence: others.length === 0 && only !== undefined && isDrawn(only) ? only : undefined,
  }
}

/** True for a column whose numbers a sequence draws. */
export function isDrawn(column: PgColumn): boolean {
  return column.generatedIdentity !== undefined || /serial/i.test(column.getSQLType())
}

/** An expression of the schema as SQLite understands it. */
export function twinExpression({ types }: TwinGround, expression: SQL): string {
  return portExpression(renderSql(expression), types)
}

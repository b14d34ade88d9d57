import { is, type Column } from 'drizzle-orm'
import { isPgEnum, PgArray, PgEnumColumn, PgEnumObjectColumn } from 'drizzle-orm/pg-core'

/** A `pgEnum` as the schema file declares it. */
export interface DeclaredEnum {
  readonly name: string
  /** In their order. */
  readonly labels: readonly string[]
}

/** The `pgEnum` of a column, also when the column is an array of it; undefined when it has none. */
export function declaredEnum(column: Column): DeclaredEnum | undefined {
  if (is(column, PgArray)) return declaredEnum(column.baseColumn)
  if (!is(column, PgEnumColumn) && !is(column, PgEnumObjectColumn)) return undefined
  return isPgEnum(column.enum) ? { name: column.enum.enumName, labels: column.enum.enumValues } : undefined
}

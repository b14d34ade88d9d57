import { getTableName, is, Table } from 'drizzle-orm'
import type { ReferenceRule } from '../record/column.js'

/** The drizzle table that a reference names, undefined for a reference to a pipeline. */
export function referredTable({ table }: ReferenceRule): Table | undefined {
  return is(table, Table) ? table : undefined
}

/** A drizzle table's name in the schema, undefined for anything else. */
export function nameOfTable(value: unknown): string | undefined {
  return is(value, Table) ? getTableName(value) : undefined
}

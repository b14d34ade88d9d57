import type { Changes, Write } from '../writes.js'
import { rowKeyReader } from './row-key.js'

/** An expression over the stage: keys that the database made travel back; those that were given are known here. */
export function keysSql(made: readonly unknown[]): string {
  if (made.length === 0) return 'null'
  return `(select json_object_agg(carryover_ordinal, carryover_row_key)::text from stage where carryover_action = 'insert')`
}

/**
 * Row keys of what was written, by ordinal.
 * @param made what `keysSql` gave
 */
export function rowKeysOf(
  { table, columns }: Pick<Changes, 'table' | 'columns'>,
  written: readonly Write[],
  made: string | null,
): Map<number, string> {
  const givenKey = rowKeyReader(table, columns)
  const fromDatabase = made === null ? {} : (JSON.parse(made) as Record<string, string>)
  const rowKeys = new Map<number, string>()
  for (const write of written) {
    const rowKey =
      write.action === 'insert' ? (fromDatabase[write.ordinal] ?? givenKey(write.values)) : write.rowKey
    if (rowKey !== undefined && rowKey !== null) rowKeys.set(write.ordinal, rowKey)
  }
  return rowKeys
}

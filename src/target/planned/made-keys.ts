import { randomUUID } from 'node:crypto'
import type { TableColumn, TargetTable } from '../table.js'

/** Keys that stand for those the database would make. */
export interface MadeKeys {
  /** The row key of a planned row; what is given is kept, what the database would make is made up. */
  make(
    table: TargetTable,
    columns: readonly string[],
    values: readonly (string | null)[],
  ): { rowKey: string; made: Record<string, string> }
  /** True for a made-up key, so that a report can call it new. */
  has(key: string): boolean
}

/**
 * Made-up keys are of the column's own type, so that the database compares them as it will the real ones: random UUIDs, and
 * integers counted up from the very least of the type, where no real key lies. No sequence is asked for a number.
 */
export function newMadeKeys(): MadeKeys {
  const known = new Set<string>()
  let count = 0n
  const keyFor = (column: TableColumn | undefined): string => {
    const type = column?.type
    const key = type?.kind === 'integer' ? String(-(2n ** BigInt(type.bits - 1)) + count++) : randomUUID()
    known.add(key)
    return key
  }
  return {
    make: (table, columns, values) => {
      const made: Record<string, string> = {}
      const parts = table.rowKey.map((name) => {
        const given = values[columns.indexOf(name)]
        return given ?? (made[name] = keyFor(table.columns.find((column) => column.name === name)))
      })
      const rowKey = parts.length === 1 ? (parts[0] as string) : JSON.stringify(parts)
      if (Object.keys(made).length > 0) known.add(rowKey)
      return { rowKey, made }
    },
    has: (key) => known.has(key),
  }
}

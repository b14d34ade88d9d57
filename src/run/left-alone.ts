import type { Failure } from '../target/batch.js'

/**
 * Why an undo leaves something alone. `edited`: it holds something else than the run left there; `deleted`: somebody deleted the
 * row; `referred`: another row points at it; `taken`: another row has its key or a unique value by now; `parent_gone`: what it
 * pointed at is not there any more; `refused`: the database refused it otherwise.
 */
export type LeftReason = 'edited' | 'deleted' | 'referred' | 'taken' | 'parent_gone' | 'refused'

/** What an undo leaves as it is. */
export interface LeftAlone {
  table: string
  rowKey: string
  /** None for a row as a whole. */
  columns: string[]
  reason: LeftReason
}

/** Collects what is left alone, so that earlier steps of the same run leave it alone too. */
export interface LeftRows {
  add(left: LeftAlone): void
  /** The row itself, or this column of it. */
  has(table: string, rowKey: string, column: string): boolean
  /** What an undo keeps from being put back into the ledger. */
  addEntry(pipeline: string, legacyKey: string): void
  hasEntry(pipeline: string, legacyKey: string): boolean
  list(): LeftAlone[]
}

/** Nothing is left alone yet. */
export function newLeftRows(): LeftRows {
  const found = new Map<string, LeftAlone>()
  const columns = new Set<string>()
  const entries = new Set<string>()
  return {
    add: ({ table, rowKey, columns: names, reason }) => {
      const id = JSON.stringify([table, rowKey, reason])
      const known = found.get(id)?.columns ?? []
      found.set(id, { table, rowKey, columns: [...new Set([...known, ...names])].toSorted(), reason })
      for (const name of names.length === 0 ? [''] : names) columns.add(JSON.stringify([table, rowKey, name]))
    },
    has: (table, rowKey, column) =>
      columns.has(JSON.stringify([table, rowKey, ''])) ||
      columns.has(JSON.stringify([table, rowKey, column])),
    addEntry: (pipeline, legacyKey) => void entries.add(JSON.stringify([pipeline, legacyKey])),
    hasEntry: (pipeline, legacyKey) => entries.has(JSON.stringify([pipeline, legacyKey])),
    list: () =>
      [...found.values()].toSorted((one, other) =>
        one.table === other.table
          ? order(one.rowKey, other.rowKey) || order(one.reason, other.reason)
          : order(one.table, other.table),
      ),
  }
}

/** Why the database did not restore or insert a row. */
export function refusalReason(code: Failure['code']): LeftReason {
  if (code === 'unique_conflict') return 'taken'
  return code === 'foreign_key' ? 'parent_gone' : 'refused'
}

function order(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}

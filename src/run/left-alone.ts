import type { Failure } from '../target/writes.js'

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
  /** Lists it, and keeps these columns from then on. */
  add(left: LeftAlone): void
  /** Keeps columns of a row, without a word. */
  keepColumns(table: string, rowKey: string, columns: readonly string[]): void
  /** Keeps all of a row, and what the ledger has of it. */
  keepRow(table: string, rowKey: string): void
  keepsRow(table: string, rowKey: string): boolean
  /** The row itself, or this column of it. */
  keeps(table: string, rowKey: string, column: string): boolean
  /** Keeps what the ledger has of a legacy key, be it nothing. */
  keepEntry(pipeline: string, legacyKey: string): void
  keepsEntry(pipeline: string, legacyKey: string): boolean
  list(): LeftAlone[]
}

/** Nothing is left alone yet. */
export function newLeftRows(): LeftRows {
  const found = new Map<string, LeftAlone>()
  const columns = new Set<string>()
  const rows = new Set<string>()
  const entries = new Set<string>()
  const keepColumns: LeftRows['keepColumns'] = (table, rowKey, names) => {
    for (const name of names) columns.add(JSON.stringify([table, rowKey, name]))
  }
  const keepsRow: LeftRows['keepsRow'] = (table, rowKey) => rows.has(JSON.stringify([table, rowKey]))
  return {
    add: ({ table, rowKey, columns: names, reason }) => {
      const id = JSON.stringify([table, rowKey, reason])
      const known = found.get(id)?.columns ?? []
      found.set(id, { table, rowKey, columns: [...new Set([...known, ...names])].toSorted(), reason })
      keepColumns(table, rowKey, names)
    },
    keepColumns,
    keepRow: (table, rowKey) => void rows.add(JSON.stringify([table, rowKey])),
    keepsRow,
    keeps: (table, rowKey, column) =>
      keepsRow(table, rowKey) || columns.has(JSON.stringify([table, rowKey, column])),
    keepEntry: (pipeline, legacyKey) => void entries.add(JSON.stringify([pipeline, legacyKey])),
    keepsEntry: (pipeline, legacyKey) => entries.has(JSON.stringify([pipeline, legacyKey])),
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

import type { Batch, Hit, RecallEntry } from '../batch.js'
import type { TargetTable } from '../table.js'
import type { Scratch } from './scratch.js'

/** For the records that the plan has made an alias: row key → the legacy key that owns the row in the ledger. */
export async function aliasOwners(
  real: Batch,
  scratch: Scratch,
  pipeline: string,
  table: TargetTable,
  entries: readonly RecallEntry[],
): Promise<ReadonlyMap<string, Hit['owner']>> {
  const rowKeys = entries.flatMap(({ legacyKey }) => {
    const entry = scratch.entry(pipeline, legacyKey)
    return entry?.role === 'alias' ? [entry.rowKey] : []
  })
  if (rowKeys.length === 0) return new Map()
  const { rowKey: columns, uniqueKeys } = table
  const names = uniqueKeys.filter((key) => isOf(key.columns, columns)).map(({ name }) => name)
  const rows = rowKeys.map((rowKey, ordinal) => ({
    ordinal,
    values: columns.length === 1 ? [rowKey] : (JSON.parse(rowKey) as string[]),
  }))
  const { hits } = await real.probe(pipeline, names, { table, columns, rows })
  return new Map(hits.map(({ rowKey, owner }) => [rowKey, owner]))
}

function isOf(columns: readonly string[], others: readonly string[]): boolean {
  return columns.length === others.length && others.every((column) => columns.includes(column))
}

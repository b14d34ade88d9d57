import type { Changes, Write } from './writes.js'

/**
 * Tells the updates that change a column of a unique key. What the ledger knows of the row's aliases rests on the keys that it
 * had: they are to be matched afresh.
 */
export function changesKey({ table }: Changes): (write: Write) => boolean {
  const columns = new Set(table.uniqueKeys.flatMap((key) => key.columns))
  return ({ action, changed }) => action === 'update' && [...changed].some((column) => columns.has(column))
}

import type { TargetTable } from '../table.js'
import { isRow } from './row-key.js'
import type { Session } from './session.js'
import { textArray } from './text-array.js'

/** Locks rows until the transaction ends, so that nobody else changes them. */
export async function hold(session: Session, table: TargetTable, rowKeys: readonly string[]): Promise<void> {
  if (rowKeys.length === 0) return
  // In one order for everybody: two that hold rows of each other would wait for ever.
  await session.query(
    `select 1 from unnest($1::text[]) as q(row_key) join ${table.sql} t on ${isRow(table, 't', 'q.row_key')} for update of t`,
    [textArray(rowKeys.toSorted())],
  )
}

import type { Batch, Difference } from '../target/batch.js'
import type { Settled } from './decide-batch.js'
import type { PreparedPipeline } from './prepared-pipeline.js'

/** What a row holds in a column. */
export type HeldStamp = Pick<Difference, 'current' | 'seen'>

const empty: HeldStamp = { current: null, seen: null }

/** What the rows that are about to change hold in the columns that are written with every change, by ordinal and column. */
export async function readStamps(
  { table, stamps }: PreparedPipeline,
  batch: Batch,
  items: readonly Settled[],
): Promise<ReadonlyMap<number, ReadonlyMap<string, HeldStamp>>> {
  const rowKeys = new Map(
    items.flatMap(({ record, decision }) =>
      decision.kind === 'update' ? [[record.ordinal, decision.rowKey] as const] : [],
    ),
  )
  if (stamps.length === 0 || rowKeys.size === 0) return new Map()
  const held = await heldValues(batch, table, stamps, rowKeys)
  return new Map(
    [...rowKeys.keys()].map((ordinal) => {
      const own = new Map((held.get(ordinal) ?? []).map((item) => [item.column, item]))
      return [ordinal, new Map(stamps.map((column) => [column, own.get(column) ?? empty]))]
    }),
  )
}

/** What rows hold in these columns, by ordinal; nulls are left out. */
export function heldValues(
  batch: Batch,
  table: PreparedPipeline['table'],
  columns: readonly string[],
  rowKeys: ReadonlyMap<number, string>,
): Promise<Map<number, readonly Difference[]>> {
  // What differs from nothing but nulls is what the row holds.
  const values = columns.map(() => null)
  return batch.differences(
    { table, columns, rows: [...rowKeys.keys()].map((ordinal) => ({ ordinal, values })) },
    rowKeys,
  )
}

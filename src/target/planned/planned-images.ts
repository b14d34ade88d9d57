import type { Batch, Staged } from '../batch.js'
import type { Changes, Write } from '../writes.js'
import type { TargetTable, UniqueKey } from '../table.js'
import { takesPart } from '../takes-part.js'
import { imageText } from './image-text.js'
import type { Scratch } from './scratch.js'

/** The unique keys that rows of these columns can be compared by. */
export function comparableKeys(table: TargetTable, columns: readonly string[]): string[] {
  return table.uniqueKeys.filter((key) => takesPart(key, columns)).map((key) => key.name)
}

/** An update leaves the key of its row as it is, whatever the record says. */
export function asStored({ table, columns }: Changes): (write: Write) => Write {
  const places = table.rowKey.map((column) => columns.indexOf(column))
  return (write) => {
    if (write.action !== 'update' || write.rowKey === null) return write
    const parts = places.length === 1 ? [write.rowKey] : (JSON.parse(write.rowKey) as string[])
    const values = write.values.map((value, index) => parts[places.indexOf(index)] ?? value)
    return { ...write, values }
  }
}

/** Keeps by what unique keys the rows of these writes are found from now on. */
export async function saveImages(
  real: Batch,
  scratch: Scratch,
  changes: Changes,
  writes: readonly Write[],
  rowKeys: ReadonlyMap<number, string>,
): Promise<void> {
  const { table, columns } = changes
  const save = async (names: readonly string[], staged: Staged) => {
    const images = await real.keyImages(names, staged)
    for (const [ordinal, own] of images) {
      const rowKey = rowKeys.get(ordinal)
      if (rowKey === undefined) continue
      own.forEach((image, index) =>
        scratch.saveImage(
          table.name,
          names[index] as string,
          rowKey,
          image === null ? null : imageText(image),
        ),
      )
    }
  }
  await save(comparableKeys(table, columns), { table, columns, rows: writes.map(asStored(changes)) })
  const partly = partlyChangedKeys(changes, writes)
  if (partly.length === 0) return
  const updates = writes.filter(({ action }) => action === 'update')
  await save(
    partly.map(({ name }) => name),
    await wholeRows(real, scratch, table, [...new Set(partly.flatMap((key) => key.columns))], updates),
  )
}

/** Unique keys of which the updates change a column, and give not all: a row marked as deleted leaves a key `where deleted_at is null`. */
function partlyChangedKeys({ table, columns }: Changes, writes: readonly Write[]): UniqueKey[] {
  const changed = new Set(writes.flatMap((write) => (write.action === 'update' ? [...write.changed] : [])))
  return table.uniqueKeys.filter(
    (key) =>
      !key.columns.every((column) => columns.includes(column)) &&
      key.columns.some((column) => changed.has(column)),
  )
}

/** What rows hold after the plan's updates. */
async function wholeRows(
  real: Batch,
  scratch: Scratch,
  table: TargetTable,
  columns: readonly string[],
  updates: readonly Write[],
): Promise<Staged> {
  const nothing = columns.map(() => null)
  const rows = updates.map(({ ordinal }) => ({ ordinal, values: nothing }))
  const keys = new Map(updates.map(({ ordinal, rowKey }) => [ordinal, rowKey as string]))
  // What differs from nothing but nulls is what the row holds.
  const differences = await real.differences({ table, columns, rows }, keys)
  return {
    table,
    columns,
    rows: updates.map(({ ordinal, rowKey }) => {
      const held = new Map(differences.get(ordinal)?.map(({ column, current }) => [column, current]))
      const planned = scratch.row(table.name, rowKey as string) ?? {}
      const values = columns.map((column) =>
        column in planned ? (planned[column] ?? null) : (held.get(column) ?? null),
      )
      return { ordinal, values }
    }),
  }
}

import type { HeldColumn, HeldRow } from '../record/edited-columns.js'
import type { Batch } from '../target/batch.js'
import type { TargetTable } from '../target/table.js'
import { heldValues } from './read-stamps.js'

/** What rows hold in these columns, by row key; rows that are gone do not appear. */
export async function heldRows(
  batch: Batch,
  table: TargetTable,
  names: ReadonlySet<string>,
  rowKeys: readonly string[],
): Promise<ReadonlyMap<string, HeldRow>> {
  // A key is never null: with it, every row that is there answers.
  const columns = table.columns.filter(({ name }) => names.has(name) || table.rowKey.includes(name))
  const held = await heldValues(
    batch,
    table,
    columns.map(({ name }) => name),
    new Map(rowKeys.map((rowKey, ordinal) => [ordinal, rowKey])),
  )
  return new Map(
    [...held].map(([ordinal, values]) => {
      const texts = new Map(values.map(({ column, current }) => [column, current]))
      const row = columns.map(({ name, type }): [string, HeldColumn] => [
        name,
        { kind: type.kind, readings: readings(texts.get(name) ?? null) },
      ])
      return [rowKeys[ordinal] as string, new Map(row)]
    }),
  )
}

/** `'1'` → as it is, and `'true'`; without the schema file SQLite tells neither booleans, decimals nor instants from numbers and text. */
function readings(text: string | null): (string | null)[] {
  if (text === null) return [null]
  if (/^-?\d+\.\d*0$/.test(text)) return [text, text.replace(/\.?0+$/, '')]
  if (!/^-?\d{1,15}$/.test(text)) return [text]
  const truth = text === '1' ? ['true'] : text === '0' ? ['false'] : []
  return [text, ...truth, ...instants(Number(text)), ...instants(Number(text) * 1000)]
}

/** Milliseconds since 1970 as the marks of an instant have it: `'2024-05-06T07:08:09.5Z'`. */
function instants(milliseconds: number): string[] {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? [] : [date.toISOString().replace(/\.?0*Z$/, 'Z')]
}

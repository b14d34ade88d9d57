import type { Batch, ResolvedRow } from '../target/batch.js'
import type { TableColumn, TargetTable } from '../target/table.js'
import { encodeValue } from '../target/value/encode-value.js'
import type { Parent } from './prepared-pipeline.js'

/** Row keys that were found before, per parent: most records refer to few rows. */
export type ResolvedRows = Map<string, Map<string, string>>

/** Remembered rows per parent; past this, the oldest are forgotten. */
const mostRemembered = 100_000

const noRows: ReadonlyMap<string, ResolvedRow> = new Map()

/** Key or value → row, for those of `keys` that lead to a row. */
export async function referredRows(
  batch: Batch,
  parent: Parent,
  remembered: ResolvedRows,
  keys: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ResolvedRow>> {
  const id = idOf(parent)
  const known = remembered.get(id) ?? new Map<string, string>()
  remembered.set(id, known)
  const asked = [...keys].filter((key) => !known.has(key))
  const answered = asked.length === 0 ? noRows : await ask(batch, parent, asked)
  const rows = new Map(answered)
  for (const key of keys) {
    const rowKey = known.get(key)
    if (rowKey !== undefined) rows.set(key, { rowKey, isAlias: false })
  }
  // A row of the own pipeline may be rolled back with its batch, and an alias in one that runs later may get another row.
  if (!parent.own)
    for (const [key, { rowKey, isAlias }] of answered) if (!isAlias || !parent.late) known.set(key, rowKey)
  for (const oldest of known.keys()) {
    if (known.size <= mostRemembered) break
    known.delete(oldest)
  }
  return rows
}

/** Key or value → the row key that an earlier batch was told for it. */
export function rememberedRows(
  parent: Parent,
  remembered: ResolvedRows,
): ReadonlyMap<string, string> | undefined {
  return remembered.get(idOf(parent))
}

function idOf({ pipeline, table, by }: Parent): string {
  return JSON.stringify([pipeline ?? null, table.name, by ?? null])
}

function ask(
  batch: Batch,
  parent: Parent,
  keys: readonly string[],
): Promise<ReadonlyMap<string, ResolvedRow>> {
  return parent.by === undefined
    ? batch.resolve(parent.pipeline as string, parent.table, keys)
    : lookUp(batch, parent.table, parent.by, keys)
}

/** Value → row. A value that the column's type does not take is in no row. */
async function lookUp(
  batch: Batch,
  table: TargetTable,
  by: string,
  values: readonly string[],
): Promise<ReadonlyMap<string, ResolvedRow>> {
  const column = table.columns.find(({ name }) => name === by) as TableColumn
  const texts = new Map<string, string>()
  for (const value of values) {
    const encoded = encodeValue(column.type, value)
    if ('text' in encoded && encoded.text !== null) texts.set(value, encoded.text)
  }
  const asked = [...new Set(texts.values())]
  const rows = asked.map((text, ordinal) => ({ ordinal, values: [text] }))
  const refused = new Set(
    (await batch.uncastable({ table, columns: [by], rows })).map(({ ordinal }) => asked[ordinal]),
  )
  const found = await batch.resolveBy(
    table,
    by,
    asked.filter((text) => !refused.has(text)),
  )
  return new Map(
    [...texts].flatMap(([value, text]) => {
      const rowKey = found.get(text)
      return rowKey === undefined ? [] : [[value, { rowKey, isAlias: false }] as const]
    }),
  )
}

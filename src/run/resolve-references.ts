import type { Batch } from '../target/batch.js'
import { inChild } from './map-family.js'
import type { Parent, PreparedPipeline } from './prepared-pipeline.js'
import type { MappedLegacy, RejectedLegacy } from './records.js'

/** Row keys that were found before, per parent: most records refer to few rows. */
export type ResolvedRows = Map<string, Map<string, string>>

/** References of a batch, resolved as far as they can be. */
export interface Resolution {
  /** Records whose references have their values. */
  readonly ready: readonly MappedLegacy[]
  readonly rejected: readonly RejectedLegacy[]
  /** Records that refer to a record of their own pipeline that is not there yet. */
  readonly waiting: readonly MappedLegacy[]
  /** Columns that were left empty because their reference leads nowhere. */
  readonly emptied: readonly string[]
}

/** Remembered rows per parent; past this, the oldest are forgotten. */
const rememberedRows = 100_000

/**
 * Puts the row key of what they refer to into the records.
 * @param final nothing more will come: a reference to the own pipeline that leads nowhere is missing for good
 */
export async function resolveReferences(
  batch: Batch,
  prepared: PreparedPipeline,
  remembered: ResolvedRows,
  records: readonly MappedLegacy[],
  final: boolean,
): Promise<Resolution> {
  if (prepared.parents.size === 0) return { ready: records, rejected: [], waiting: [], emptied: [] }
  const found = new Map<number, ReadonlyMap<string, string>>()
  for (const [column, parent] of prepared.parents) {
    const keys = new Set(
      records.flatMap((record) =>
        record.references.filter((open) => open.column === column).map((open) => open.legacyKey),
      ),
    )
    found.set(column, await rowsOf(batch, parent, remembered, keys))
  }
  const ready: MappedLegacy[] = []
  const rejected: RejectedLegacy[] = []
  const waiting: MappedLegacy[] = []
  const emptied: string[] = []
  for (const record of records) {
    const values = [...record.values]
    const missing: number[] = []
    for (const open of record.references) {
      const rowKey = found.get(open.column)?.get(open.legacyKey)
      if (rowKey === undefined) missing.push(open.column)
      else values[open.column] = rowKey
    }
    const own = missing.some((column) => prepared.parents.get(column)?.own === true)
    const refused = missing.find((column) => prepared.parents.get(column)?.missing === 'reject')
    if (own && !final) waiting.push(record)
    else if (refused !== undefined) rejected.push(missingReference(prepared, record, refused))
    else {
      for (const column of missing) emptied.push(prepared.columns[column]?.name as string)
      ready.push(record.references.length === 0 ? record : { ...record, values })
    }
  }
  return { ready, rejected, waiting, emptied }
}

async function rowsOf(
  batch: Batch,
  parent: Parent,
  remembered: ResolvedRows,
  keys: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const id = `${parent.pipeline} ${parent.by ?? ''}`
  const known = remembered.get(id) ?? new Map<string, string>()
  remembered.set(id, known)
  const asked = [...keys].filter((key) => !known.has(key))
  const answered =
    asked.length === 0
      ? new Map<string, string>()
      : parent.by === undefined
        ? await batch.resolve(parent.pipeline, parent.table, asked)
        : await batch.resolveBy(parent.table, parent.by, asked)
  const rows = new Map(answered)
  for (const key of keys) {
    const row = known.get(key)
    if (row !== undefined) rows.set(key, row)
  }
  // A row of the own pipeline may be rolled back with its batch: it is not remembered.
  if (!parent.own) for (const [key, row] of answered) known.set(key, row)
  for (const oldest of known.keys()) {
    if (known.size <= rememberedRows) break
    known.delete(oldest)
  }
  return rows
}

function missingReference(prepared: PreparedPipeline, record: MappedLegacy, column: number): RejectedLegacy {
  const parent = prepared.parents.get(column) as Parent
  const where =
    parent.by === undefined
      ? `the pipeline ${parent.pipeline} has no row for it`
      : `no single row of ${parent.table.name} has it as ${parent.by}`
  return {
    ordinal: record.ordinal,
    location: record.location,
    legacyKey: record.legacyKey,
    raw: record.raw,
    reject: inChild(record.path, {
      code: 'missing_reference',
      column: prepared.columns[column]?.name as string,
      message: `the reference leads nowhere: ${where}`,
    }),
  }
}

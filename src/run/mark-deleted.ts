import { parseMarks, printMarks } from '../record/applied-marks.js'
import type { Batch, OwnedEntry } from '../target/batch.js'
import type { Write } from '../target/writes.js'
import { instantText } from './bookkeeping-columns.js'
import { withHeld } from './column-states.js'
import type { PipelineState } from './pipeline-state.js'
import { heldValues } from './read-stamps.js'

/** Sets the time of deletion of rows that have none yet; answers whose row was marked, and whose the database refused to. */
export async function markDeleted(
  { prepared, context }: PipelineState,
  batch: Batch,
  entries: readonly OwnedEntry[],
): Promise<{ marked: OwnedEntry[]; refused: OwnedEntry[] }> {
  const { pipeline, table } = prepared
  const { deletedAt, version } = pipeline.bookkeeping
  const own = prepared.columns.filter(
    ({ name, fixed, timing }) => fixed !== undefined && (name === deletedAt || timing === 'change'),
  )
  const columns = own.map(({ name }) => name)
  const held = await heldValues(batch, table, columns, new Map(entries.map(({ rowKey }, at) => [at, rowKey])))
  const writes = entries.flatMap((entry, ordinal): Write[] => {
    const current = new Map((held.get(ordinal) ?? []).map((item) => [item.column, item]))
    if (current.has(deletedAt ?? '')) return []
    const values = own.map(({ name, live, fixed }) => {
      if (name === deletedAt) return instantText(live.type, context.startedAt)
      return name === version ? String(BigInt(current.get(name)?.current ?? 0) + 1n) : (fixed ?? null)
    })
    const written = new Map(columns.map((column, at) => [column, values[at] ?? null]))
    return [
      {
        ordinal,
        action: 'update',
        legacyKey: entry.legacyKey,
        fingerprint: entry.fingerprint,
        role: 'removed',
        known: true,
        rowKey: entry.rowKey,
        values,
        changed: new Set(columns),
        seen: new Map(columns.map((column) => [column, current.get(column)?.seen ?? null])),
        formerOwner: null,
        parentKey: entry.parentKey,
        applied: printMarks(withHeld(prepared, parseMarks(entry.applied), written)),
      },
    ]
  })
  const { failures, moved } = await batch.apply({
    pipeline: pipeline.name,
    runId: context.runId,
    table,
    columns,
    compared: [],
    writes,
  })
  const failed = new Set([...failures.map((failure) => failure.ordinal), ...moved])
  const entriesOf = (some: readonly Write[]) => some.map(({ ordinal }) => entries[ordinal] as OwnedEntry)
  return {
    marked: entriesOf(writes.filter(({ ordinal }) => !failed.has(ordinal))),
    refused: entriesOf(writes.filter(({ ordinal }) => failed.has(ordinal))),
  }
}

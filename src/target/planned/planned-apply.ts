import type { Batch } from '../batch.js'
import type { Applied, Changes, Failure, Write } from '../writes.js'
import { changesKey } from '../changes-key.js'
import type { TargetTable } from '../table.js'
import type { MadeKeys } from './made-keys.js'
import { columnDefault } from '../column-default.js'
import { asStored, comparableKeys, saveImages } from './planned-images.js'
import type { Scratch } from './scratch.js'

/** Writes a batch to the scratch database, refusing what a unique key that is not matched on would refuse. */
export async function plannedApply(
  real: Batch,
  scratch: Scratch,
  keys: MadeKeys,
  probe: Batch['probe'],
  changes: Changes,
): Promise<Applied> {
  const rowKeys = new Map<number, string>()
  const failures = await conflicts(probe, changes)
  const failed = new Set(failures.map((failure) => failure.ordinal))
  const writing = changes.writes.filter((write) => !failed.has(write.ordinal))
  const made = new Map<number, Record<string, string>>()
  const loosens = changesKey(changes)
  for (const write of writing) {
    const inserted =
      write.action === 'insert' ? keys.make(changes.table, changes.columns, write.values) : undefined
    if (inserted !== undefined) made.set(write.ordinal, inserted.made)
    const rowKey = inserted?.rowKey ?? (write.rowKey as string)
    rowKeys.set(write.ordinal, rowKey)
    const former = write.formerOwner === null ? undefined : scratch.entry(changes.pipeline, write.formerOwner)
    scratch.saveEntry(changes.pipeline, write.legacyKey, {
      table: changes.table.name,
      rowKey,
      fingerprint: write.fingerprint,
      role: write.role,
      made: inserted !== undefined || former?.made === true,
      applied: write.applied,
      parentKey: write.parentKey,
    })
    if (loosens(write)) scratch.loosen(changes.pipeline, rowKey)
    if (write.formerOwner !== null) {
      scratch.saveEntry(changes.pipeline, write.formerOwner, {
        table: changes.table.name,
        rowKey,
        fingerprint: '',
        role: 'alias',
        made: former?.made ?? false,
        applied: former?.applied ?? null,
        parentKey: former?.parentKey ?? null,
      })
    }
  }
  const rows = writing.filter((write) => write.action !== 'link')
  for (const write of rows)
    saveRow(scratch, changes, write, rowKeys.get(write.ordinal) as string, made.get(write.ordinal) ?? {})
  await saveImages(real, scratch, changes, rows, rowKeys)
  return { rowKeys, failures, moved: new Set(), holding: new Set() }
}

/** What a unique key that the pipeline does not match on would refuse. */
async function conflicts(probe: Batch['probe'], changes: Changes): Promise<Failure[]> {
  const writes = changes.writes.filter((write) => write.action !== 'link').map(asStored(changes))
  const staged = { table: changes.table, columns: changes.columns, rows: writes }
  const found = await probe(changes.pipeline, comparableKeys(changes.table, changes.columns), staged)
  const refused = new Map<number, string>()
  const held = new Map(writes.map((write) => [write.ordinal, new Map<string, string>()]))
  for (const hit of found.hits) held.get(hit.ordinal)?.set(hit.key, hit.rowKey)
  // The rows written so far, and the keys whose values they keep: what an earlier record lets go of is free for a later one.
  const kept = new Map<string, ReadonlySet<string>>()
  for (const { ordinal, rowKey: own } of writes) {
    const hits = [...(held.get(ordinal) ?? [])]
    const hit = hits.find(([key, rowKey]) => rowKey !== own && kept.get(rowKey)?.has(key) !== false)
    if (hit !== undefined) refused.set(ordinal, hit[0])
    else if (own !== null)
      kept.set(own, new Set(hits.flatMap(([key, rowKey]) => (rowKey === own ? [key] : []))))
  }
  for (const collision of found.collisions) {
    if (!refused.has(collision.firstOrdinal)) refused.set(collision.ordinal, collision.key)
  }
  return [...refused].map(([ordinal, constraint]) => ({
    ordinal,
    code: 'unique_conflict' as const,
    constraint,
    column: undefined,
    nativeCode: undefined,
  }))
}

function saveRow(
  scratch: Scratch,
  changes: Changes,
  write: Write,
  rowKey: string,
  made: Record<string, string>,
): void {
  const before =
    write.action === 'insert' ? defaultsOf(changes.table) : scratch.row(changes.table.name, rowKey)
  const held: Record<string, string | null> = { ...before, ...made }
  changes.columns.forEach((column, index) => {
    if (write.action === 'insert' || write.changed.has(column)) held[column] = write.values[index] ?? null
  })
  scratch.saveRow(changes.table.name, rowKey, held)
}

/** What a new row holds where nothing is given, so that a later pipeline sees what it would change there. */
function defaultsOf(table: TargetTable): Record<string, string | null> {
  const known = table.columns.filter((column) => !column.generated && column.identity === undefined)
  return Object.fromEntries(known.map((column) => [column.name, columnDefault(column)]))
}

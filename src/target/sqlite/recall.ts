import type { Recall, RecallEntry, Recalled, Role } from '../batch.js'
import { joinFingerprint, withoutSource } from '../fingerprint-text.js'
import type { TargetTable } from '../table.js'
import type { Connection } from './connection.js'
import { recordsByRow } from './record-indexes.js'
import { isRowOf } from './row-key.js'

/** What the ledger knows of these records: one look-up for each, a second one for an alias. */
export function recall(
  connection: Connection,
  pipeline: string,
  table: TargetTable,
  entries: readonly RecallEntry[],
  renews = false,
): Recall {
  const find = connection.reader(
    `select l.row_key, l.fingerprint, l.role, l.applied,
            exists (select 1 from ${table.sql} t where ${isRowOf(table, 't', 'l.row_key')})
       from carryover_records l
      where l.pipeline = ? and l.legacy_key = ?`,
  )
  const ownerOf = findOwner(connection)
  const settled = new Set<number>()
  const renewed = new Set<number>()
  const known = new Map<number, Recalled>()
  for (const { ordinal, legacyKey, fingerprint, source } of entries) {
    const entry = find([pipeline, legacyKey])
    if (entry === undefined) continue
    const [rowKey, storedFingerprint, role] = entry as [string, string, Role]
    const [sameFingerprint, rowExists] = [withoutSource(storedFingerprint) === fingerprint, entry[4] === 1n]
    if (role === 'owner' && sameFingerprint && rowExists) {
      settled.add(ordinal)
      if (renews && source !== undefined && storedFingerprint !== joinFingerprint(fingerprint, source))
        renewed.add(ordinal)
    } else {
      const owner = role === 'alias' ? ownerOf(pipeline, rowKey) : null
      const applied = entry[3] as string | null
      known.set(ordinal, { ordinal, rowKey, role, sameFingerprint, rowExists, owner, applied })
    }
  }
  return { settled, renewed, known }
}

/** Looks up which legacy key owns a row, null when none does. */
export function findOwner(connection: Connection): (pipeline: string, rowKey: string) => string | null {
  const find = connection.reader(
    `select legacy_key from ${recordsByRow} where pipeline = ? and row_key = ? and role in ('owner', 'stub', 'removed')`,
  )
  return (pipeline, rowKey) => (find([pipeline, rowKey])?.[0] as string | undefined) ?? null
}

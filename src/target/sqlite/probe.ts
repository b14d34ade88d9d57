import type { Collision, Hit, Probe, Staged } from '../batch.js'
import type { TargetTable, UniqueKey } from '../table.js'
import type { Connection } from './connection.js'
import { keyedRecords, type KeyedRecord } from './keyed-records.js'
import { findOwner } from './recall.js'
import { readRowKey, selectRowKey } from './row-key.js'

/** Which rows hold the unique keys named, and which records of the batch share one. */
export function probe(
  connection: Connection,
  hasLedger: boolean,
  pipeline: string,
  keys: readonly string[],
  staged: Staged,
): Probe {
  const ownerOf = hasLedger ? findOwner(connection) : () => null
  const keyOf = readRowKey(staged.table)
  const hits: Hit[] = []
  const collisions: Collision[] = []
  for (const key of staged.table.uniqueKeys) {
    if (!keys.includes(key.name)) continue
    const find = connection.reader(lookUp(staged.table, key))
    const keyed = keyedRecords(connection, key, staged)
    for (const { ordinal, members } of keyed) {
      const row = find(members)
      if (row === undefined) continue
      const rowKey = keyOf(row)
      hits.push({ ordinal, key: key.name, rowKey, owner: ownerOf(pipeline, rowKey) })
    }
    collisions.push(...collisionsOf(key.name, keyed))
  }
  return { hits, collisions }
}

/** The statement that finds the row with given members, written so that the key's own index serves it. */
function lookUp(table: TargetTable, key: UniqueKey): string {
  const conditions = key.parts.map((part) =>
    key.nullsNotDistinct ? `ifnull(${part}, x'00') = ifnull(?, x'00')` : `${part} = ?`,
  )
  if (key.predicate !== undefined) conditions.push(`(${key.predicate})`)
  return `select ${selectRowKey(table)} from ${table.sql} where ${conditions.join(' and ')}`
}

function collisionsOf(key: string, keyed: readonly KeyedRecord[]): Collision[] {
  const firstOf = new Map<string, number>()
  const collisions: Collision[] = []
  for (const { ordinal, image } of keyed) {
    const text = image.length === 1 ? String(image[0]) : JSON.stringify(image)
    const firstOrdinal = firstOf.get(text)
    if (firstOrdinal === undefined) firstOf.set(text, ordinal)
    else collisions.push({ ordinal, key, firstOrdinal })
  }
  return collisions
}

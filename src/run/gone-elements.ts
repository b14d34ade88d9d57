import type { Batch, OwnedEntry, Probe, Recall } from '../target/batch.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy } from './records.js'
import type { Removal } from './remove-entries.js'
import type { Carrier } from './carrier.js'

/** What the ledger has of these records and they no longer have. */
export async function goneElements(
  batch: Batch,
  child: PreparedPipeline,
  elements: readonly EncodedLegacy[],
  carriers: readonly Carrier[],
): Promise<OwnedEntry[]> {
  const present = new Set(elements.map((element) => element.legacyKey))
  const parentKeys = carriers.flatMap(({ record, formerOwner }) =>
    formerOwner === null ? [record.legacyKey] : [record.legacyKey, formerOwner],
  )
  const owned = await batch.offspring(child.pipeline.name, parentKeys)
  return owned.filter((entry) => !present.has(entry.legacyKey))
}

/** Rows of elements that are gone and that a new element takes over by a unique key; nobody else wants what they hold. */
export function freeRows(gone: readonly OwnedEntry[], { hits }: Probe, recall: Recall): Set<string> {
  const rows = new Set(gone.filter(({ role }) => role === 'owner').map(({ rowKey }) => rowKey))
  const free = new Set(hits.filter(({ rowKey }) => rows.has(rowKey)).map(({ rowKey }) => rowKey))
  for (const { ordinal, rowKey } of hits) if (recall.known.has(ordinal)) free.delete(rowKey)
  return free
}

/** What was found, but for rows that are deleted since. */
export function withoutRows({ hits, collisions }: Probe, { removed }: Removal): Probe {
  const deleted = new Set(removed.map(({ rowKey }) => rowKey))
  return { hits: hits.filter(({ rowKey }) => !deleted.has(rowKey)), collisions }
}

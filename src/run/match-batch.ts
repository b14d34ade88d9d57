import { matchRecord, type Match, type OwnerState } from '../record/match-record.js'
import type { Probe, Recall } from '../target/batch.js'
import type { EncodedLegacy } from './records.js'

/** What matching one batch needs to know beside the records. */
export interface BatchEvidence {
  readonly recall: Recall
  readonly probe: Probe
  readonly ownerState: (legacyKey: string) => OwnerState
  readonly deleted: 'leave' | 'recreate'
  /** Records that stand here for those after them alone: they are decided in another round. */
  readonly isComing: ReadonlySet<number>
  readonly final: boolean
}

/** Matches the records of a batch in their order, each as if those before it had been applied. */
export function matchBatch(records: readonly EncodedLegacy[], evidence: BatchEvidence): Match[] {
  const hits = groupByOrdinal(evidence.probe.hits)
  const collisions = groupByOrdinal(evidence.probe.collisions)
  const claimed = new Set<string>()
  const touched = new Set<string>()
  return records.map((record) => {
    const shared = [
      ...(collisions.get(record.ordinal) ?? []).map(
        (collision) => `${collision.key} ${collision.firstOrdinal}`,
      ),
      ...firstOf(evidence.probe, record.ordinal),
    ]
    const match = matchRecord({
      known: evidence.recall.known.get(record.ordinal),
      hits: hits.get(record.ordinal) ?? [],
      collides: shared.some((key) => claimed.has(key)),
      isTouched: (rowKey) => touched.has(rowKey),
      ownerState: evidence.ownerState,
      deleted: evidence.deleted,
      final: evidence.final,
    })
    if (match.kind === 'new' || match.kind === 'row') {
      for (const key of shared) claimed.add(key)
    }
    if (match.kind === 'row') touched.add(match.rowKey)
    return evidence.isComing.has(record.ordinal) ? { kind: 'wait', until: 'batch' } : match
  })

  /** The keys that later records of the batch share with this one. */
  function firstOf(probe: Probe, ordinal: number): string[] {
    if (probe.collisions.length === 0) return []
    return [...new Set(probe.collisions.map((collision) => collision.key))].map((key) => `${key} ${ordinal}`)
  }
}

function groupByOrdinal<Item extends { ordinal: number }>(items: readonly Item[]): Map<number, Item[]> {
  const groups = new Map<number, Item[]>()
  for (const item of items) {
    const group = groups.get(item.ordinal)
    if (group === undefined) groups.set(item.ordinal, [item])
    else group.push(item)
  }
  return groups
}

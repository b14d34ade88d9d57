import {
  matchRecord,
  mayGetOn,
  type KeyHit,
  type Match,
  type OwnerState,
  type Phase,
} from '../record/match-record.js'
import type { Probe, Recall } from '../target/batch.js'
import { groupBy } from './group-by.js'
import type { EncodedLegacy } from './records.js'

/** What matching one batch needs to know beside the records. */
export interface BatchEvidence {
  readonly recall: Recall
  readonly probe: Probe
  /** `pending` for every record of the batch. */
  readonly ownerState: (legacyKey: string) => OwnerState
  /** See `Evidence`. */
  readonly succeeds: (record: EncodedLegacy, owner: string) => 'no' | 'yes' | 'kept'
  /** See `Evidence`. */
  readonly lastCounts: boolean
  /** Unique keys that no update changes. */
  readonly fixedKeys: readonly string[]
  readonly deleted: 'leave' | 'recreate'
  /** Records that stand here for those after them alone: they are decided in another round. */
  readonly isComing: ReadonlySet<number>
  readonly phase: Phase
}

/** Matches the records of a batch in their order, each as if those before it had been applied. */
export function matchBatch(records: readonly EncodedLegacy[], evidence: BatchEvidence): Match[] {
  const { recall, phase } = evidence
  const hitsOf = groupBy(evidence.probe.hits, (hit) => hit.ordinal)
  const groupsOf = sharedKeys(evidence.probe)
  const earlier = new Map<string, Match>()
  const claimed = new Set<string>()
  // The rows that change, each with the keys whose values stay.
  const touched = new Map<string, ReadonlySet<string>>()
  const touch = (rowKey: string, hits: readonly KeyHit[]) =>
    touched.set(
      rowKey,
      new Set([...evidence.fixedKeys, ...hits.filter((hit) => hit.rowKey === rowKey).map((hit) => hit.key)]),
    )
  const isVacated = ({ rowKey, key }: KeyHit) => touched.get(rowKey)?.has(key) === false
  if (phase === 'exchanging') {
    for (const { ordinal } of records) {
      const known = recall.known.get(ordinal)
      if (known !== undefined) touch(known.rowKey, hitsOf.get(ordinal) ?? [])
    }
  }
  return records.map((record) => {
    const hits = hitsOf.get(record.ordinal) ?? []
    const groups = groupsOf.get(record.ordinal) ?? []
    const match = matchRecord({
      known: recall.known.get(record.ordinal),
      hits,
      collides: groups.some((group) => claimed.has(group)),
      isTouched: (rowKey) => phase !== 'exchanging' && touched.has(rowKey),
      isVacated,
      ownerState: (legacyKey) => {
        const state = evidence.ownerState(legacyKey)
        return state === 'pending' ? stateWithin(phase, earlier.get(legacyKey)) : state
      },
      succeeds: (owner) => evidence.succeeds(record, owner),
      lastCounts: evidence.lastCounts,
      deleted: evidence.deleted,
      phase,
    })
    earlier.set(record.legacyKey, match)
    if (match.kind === 'row') touch(match.rowKey, hits)
    // Who waits for a neighbour goes before those behind it all the same.
    const goesFirst =
      match.kind === 'wait' ? match.until === 'batch' : match.kind === 'row' || match.kind === 'new'
    if (goesFirst) for (const group of groups) claimed.add(group)
    return evidence.isComing.has(record.ordinal) ? { kind: 'wait', until: 'batch' } : match
  })
}

/** How a record of the same batch stands; `match` is its own, where it goes first. */
function stateWithin(phase: Phase, match: Match | undefined): OwnerState {
  const waits = mayGetOn(phase) ? 'unread' : 'settled'
  switch (match?.kind) {
    case undefined:
      return waits
    case 'wait':
      return match.until === 'batch' ? 'pending' : waits
    case 'row':
    case 'new':
      return 'pending'
    default:
      return 'settled'
  }
}

/** By ordinal, the unique keys that a record shares with others of the batch, each named after the first of them. */
function sharedKeys({ collisions }: Probe): Map<number, string[]> {
  const groups = new Map<number, Set<string>>()
  const add = (ordinal: number, group: string) => {
    const own = groups.get(ordinal)
    if (own === undefined) groups.set(ordinal, new Set([group]))
    else own.add(group)
  }
  for (const { ordinal, key, firstOrdinal } of collisions) {
    add(ordinal, `${key} ${firstOrdinal}`)
    add(firstOrdinal, `${key} ${firstOrdinal}`)
  }
  return new Map([...groups].map(([ordinal, own]) => [ordinal, [...own]]))
}

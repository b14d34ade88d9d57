/** What the ledger knows of a record. */
export interface KnownRecord {
  readonly rowKey: string
  readonly role: 'owner' | 'alias' | 'deleted' | 'stub'
  readonly sameFingerprint: boolean
  readonly rowExists: boolean
  readonly owner: string | null
}

/** A row that holds one of a record's unique keys. */
export interface KeyHit {
  readonly key: string
  readonly rowKey: string
  /** The legacy key that owns the row, null when nobody does. */
  readonly owner: string | null
}

/**
 * How another record of the source stands:
 * `pending` it is in this very batch · `unread` it may come later · `settled` it is done · `absent` the source does not have it.
 */
export type OwnerState = 'pending' | 'unread' | 'settled' | 'absent'

/** All that is known about a record before it is matched. */
export interface Evidence {
  readonly known: KnownRecord | undefined
  readonly hits: readonly KeyHit[]
  /** An earlier record of the batch has an equal unique key. */
  readonly collides: boolean
  /** An earlier record of the batch changes this row. */
  readonly isTouched: (rowKey: string) => boolean
  readonly ownerState: (legacyKey: string) => OwnerState
  readonly deleted: 'leave' | 'recreate'
  /**
   * No record gets on any more: what collides now is refused. Until then a record that meets somebody else's row waits,
   * so that its outcome rests on the state that every later run will find too, and not on the order of the records.
   */
  readonly final: boolean
}

/** What a record is in the target. */
export type Match =
  | { readonly kind: 'new' }
  /** `formerOwner`: the legacy key that gives the row up; `adopted`: no record of the pipeline owned it. */
  | {
      readonly kind: 'row'
      readonly rowKey: string
      readonly adopted: boolean
      readonly formerOwner: string | null
    }
  | { readonly kind: 'duplicate'; readonly rowKey: string; readonly owner: string }
  /** A row we made that somebody deleted, and the policy leaves it so. */
  | { readonly kind: 'gone'; readonly rowKey: string }
  | { readonly kind: 'ambiguous'; readonly hits: readonly KeyHit[] }
  /** The record's own row is known, and another row holds one of its keys. */
  | { readonly kind: 'conflict'; readonly hit: KeyHit }
  /** Decided later: when this batch is applied, or when the source is read. */
  | { readonly kind: 'wait'; readonly until: 'batch' | 'end' }

/**
 * Matches a record as if every record before it had been applied already, whatever the batch: where an undecided
 * neighbour could change the answer, the record waits for it.
 */
export function matchRecord(evidence: Evidence): Match {
  const { known } = evidence
  if (evidence.collides) return { kind: 'wait', until: 'batch' }
  if (known !== undefined && known.rowExists && known.role !== 'alias') return matchKnownRow(evidence, known)
  if (known?.role === 'alias' && known.rowExists && known.sameFingerprint) return matchAlias(evidence, known)
  if (known !== undefined && !known.rowExists && known.role !== 'alias' && evidence.deleted === 'leave') {
    return { kind: 'gone', rowKey: known.rowKey }
  }
  return matchByKeys(evidence)
}

function matchKnownRow(evidence: Evidence, known: KnownRecord): Match {
  const other = evidence.hits.find((hit) => hit.rowKey !== known.rowKey)
  if (other === undefined) return { kind: 'row', rowKey: known.rowKey, adopted: false, formerOwner: null }
  return evidence.final ? { kind: 'conflict', hit: other } : { kind: 'wait', until: 'end' }
}

/** What an earlier run has settled stays: an alias is a duplicate at once, as long as its owner is in the source. */
function matchAlias(evidence: Evidence, known: KnownRecord): Match {
  const { rowKey, owner } = known
  if (owner === null) return { kind: 'row', rowKey, adopted: false, formerOwner: null }
  if (evidence.ownerState(owner) === 'settled') return { kind: 'duplicate', rowKey, owner }
  return ownedBy(evidence, rowKey, owner)
}

function matchByKeys(evidence: Evidence): Match {
  const rows = new Map(evidence.hits.map((hit) => [hit.rowKey, hit]))
  const states = [...rows.values()].map((hit) => waiting(evidence, hit))
  if (states.includes('batch')) return { kind: 'wait', until: 'batch' }
  if (states.includes('end')) return { kind: 'wait', until: 'end' }
  const [only, second] = [...rows.values()]
  if (only === undefined) return { kind: 'new' }
  if (second !== undefined)
    return evidence.final ? { kind: 'ambiguous', hits: evidence.hits } : { kind: 'wait', until: 'end' }
  if (only.owner === null) return { kind: 'row', rowKey: only.rowKey, adopted: true, formerOwner: null }
  return ownedBy(evidence, only.rowKey, only.owner)
}

function waiting(evidence: Evidence, hit: KeyHit): 'batch' | 'end' | 'no' {
  if (evidence.isTouched(hit.rowKey)) return 'batch'
  if (hit.owner === null) return 'no'
  const state = evidence.ownerState(hit.owner)
  return state === 'pending' ? 'batch' : state === 'unread' ? 'end' : 'no'
}

function ownedBy(evidence: Evidence, rowKey: string, owner: string): Match {
  if (evidence.isTouched(rowKey)) return { kind: 'wait', until: 'batch' }
  switch (evidence.ownerState(owner)) {
    case 'pending':
      return { kind: 'wait', until: 'batch' }
    case 'unread':
      return { kind: 'wait', until: 'end' }
    case 'settled':
      return evidence.final ? { kind: 'duplicate', rowKey, owner } : { kind: 'wait', until: 'end' }
    case 'absent':
      return { kind: 'row', rowKey, adopted: false, formerOwner: owner }
  }
}

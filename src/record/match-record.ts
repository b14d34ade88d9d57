/** What the ledger knows of a record. */
export interface KnownRecord {
  readonly rowKey: string
  readonly role: 'owner' | 'alias' | 'deleted' | 'stub' | 'removed'
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
 * `pending` it goes first in this very batch · `unread` it may come later · `settled` it is done · `absent` the source does not have it.
 */
export type OwnerState = 'pending' | 'unread' | 'settled' | 'absent'

/**
 * How far a pipeline is. Each phase decides more than the one before, and goes back to the first when somebody got on, so that
 * an outcome rests on the state that every later run will find too, and not on the order of the records:
 * `reading` who meets somebody else's row waits · `exchanging` the records of the batch take each other's values, all at once ·
 * `taking` where the last of several records counts, it takes the row over · `closing` whoever collides with the row of a record
 * that is gone from the source waits for it to be removed, all others are decided · `final` what collides now is refused.
 */
export type Phase = 'reading' | 'exchanging' | 'taking' | 'closing' | 'final'

/** Whether a record that waits in this phase may still get on before it is decided for good. */
export function mayGetOn(phase: Phase): boolean {
  return phase === 'reading' || phase === 'closing'
}

/** All that is known about a record before it is matched. */
export interface Evidence {
  readonly known: KnownRecord | undefined
  readonly hits: readonly KeyHit[]
  /** An earlier record of the batch has an equal unique key. */
  readonly collides: boolean
  /** An earlier record of the batch changes this row. */
  readonly isTouched: (rowKey: string) => boolean
  /** An earlier record of the batch takes another value for this key of its row. */
  readonly isVacated: (hit: KeyHit) => boolean
  readonly ownerState: (legacyKey: string) => OwnerState
  /** The record comes after the owner of a row, and the last one counts; `kept`: what the row holds is to stay all the same. */
  readonly succeeds: (owner: string) => 'no' | 'yes' | 'kept'
  /** The last of several records for one row takes it over, wherever it stands in the source. */
  readonly lastCounts: boolean
  readonly deleted: 'leave' | 'recreate'
  readonly phase: Phase
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
  | { readonly kind: 'gone'; readonly rowKey: string; readonly role: 'deleted' | 'alias' }
  | { readonly kind: 'ambiguous'; readonly hits: readonly KeyHit[] }
  /** The record's own row is known, and another row holds one of its keys. */
  | { readonly kind: 'conflict'; readonly hit: KeyHit }
  /** Decided later: when this batch is applied, or when the source is read. */
  | { readonly kind: 'wait'; readonly until: 'batch' | 'end' }

const forBatch = { kind: 'wait', until: 'batch' } as const
const forEnd = { kind: 'wait', until: 'end' } as const

/**
 * Matches a record as if every record before it had been applied already, whatever the batch: where an undecided
 * neighbour could change the answer, the record waits for it. Whoever is held up by a record that does not go first waits for
 * the end at once: in smaller batches it would have been asked before that one moves.
 */
export function matchRecord(evidence: Evidence): Match {
  const { known } = evidence
  if (known !== undefined && known.rowExists && known.role !== 'alias') return matchKnownRow(evidence, known)
  if (known?.role === 'alias' && known.sameFingerprint && known.rowExists) return matchAlias(evidence, known)
  if (known !== undefined && !known.rowExists && evidence.deleted === 'leave') {
    const { role, rowKey, sameFingerprint } = known
    if (role !== 'alias') return { kind: 'gone', rowKey, role: 'deleted' }
    if (sameFingerprint) return { kind: 'gone', rowKey, role: 'alias' }
  }
  return matchByKeys(evidence)
}

function matchKnownRow(evidence: Evidence, known: KnownRecord): Match {
  if (evidence.isTouched(known.rowKey)) return forBatch
  const others = evidence.hits.filter((hit) => hit.rowKey !== known.rowKey && !evidence.isVacated(hit))
  const [other] = others
  if (other === undefined) {
    if (evidence.collides) return forBatch
    return { kind: 'row', rowKey: known.rowKey, adopted: false, formerOwner: null }
  }
  const isRefused = evidence.phase === 'closing' && !others.every((hit) => mayBeFreed(evidence, hit))
  if (evidence.phase === 'final' || isRefused) return { kind: 'conflict', hit: other }
  const mayMove = ({ rowKey, owner }: KeyHit) =>
    owner !== null && evidence.ownerState(owner) === 'pending' && !evidence.isTouched(rowKey)
  return others.every(mayMove) ? forBatch : forEnd
}

/**
 * What an earlier run has settled stays: an alias is a duplicate at once, as long as its owner is in the source and nobody can take
 * the row over from it any more. When the keys of the row change, the ledger forgets the fingerprints of its aliases, and they are
 * matched afresh.
 */
function matchAlias(evidence: Evidence, known: KnownRecord): Match {
  const { rowKey, owner } = known
  if (owner === null) return { kind: 'row', rowKey, adopted: false, formerOwner: null }
  const isCertain = !evidence.lastCounts && evidence.ownerState(owner) === 'settled'
  if (isCertain && evidence.succeeds(owner) === 'no') return { kind: 'duplicate', rowKey, owner }
  const match = ownedBy(evidence, rowKey, owner)
  return match.kind === 'row' && evidence.collides ? forBatch : match
}

function matchByKeys(evidence: Evidence): Match {
  const rows = [...new Map(evidence.hits.map((hit) => [hit.rowKey, hit])).values()]
  const states = rows.map((hit) => waiting(evidence, hit))
  if (states.includes('end')) return forEnd
  if (evidence.collides || states.includes('batch')) return forBatch
  const [only, second] = rows
  if (only === undefined) return { kind: 'new' }
  if (second !== undefined) {
    const isRefused = evidence.phase === 'closing' && !rows.some((hit) => mayBeFreed(evidence, hit))
    return evidence.phase === 'final' || isRefused ? { kind: 'ambiguous', hits: evidence.hits } : forEnd
  }
  if (only.owner === null) return { kind: 'row', rowKey: only.rowKey, adopted: true, formerOwner: null }
  return ownedBy(evidence, only.rowKey, only.owner)
}

/** The row may be removed, or its owner waits for another one that may. */
function mayBeFreed({ ownerState }: Evidence, { owner }: KeyHit): boolean {
  return owner !== null && ownerState(owner) !== 'settled'
}

function waiting(evidence: Evidence, hit: KeyHit): 'batch' | 'end' | 'no' {
  if (evidence.isTouched(hit.rowKey)) return 'batch'
  if (hit.owner === null) return 'no'
  switch (evidence.ownerState(hit.owner)) {
    case 'pending':
      return 'batch'
    case 'unread':
      return 'end'
    case 'settled':
      return evidence.phase === 'reading' ? 'end' : 'no'
    case 'absent':
      return 'no'
  }
}

function ownedBy(evidence: Evidence, rowKey: string, owner: string): Match {
  if (evidence.isTouched(rowKey)) return forBatch
  switch (evidence.ownerState(owner)) {
    case 'pending':
      return forBatch
    case 'unread':
      return forEnd
    case 'settled': {
      if (evidence.phase === 'reading') return forEnd
      const succession = evidence.succeeds(owner)
      if (succession !== 'no')
        return { kind: 'row', rowKey, adopted: succession === 'kept', formerOwner: owner }
      const isLate = evidence.phase === 'final' || evidence.phase === 'closing'
      return isLate ? { kind: 'duplicate', rowKey, owner } : forEnd
    }
    case 'absent':
      return { kind: 'row', rowKey, adopted: false, formerOwner: owner }
  }
}

import type { Match } from './match-record.js'
import type { Merge } from './merge-columns.js'
import type { Reject } from './reject.js'

/** The policies that a decision asks. */
export interface DecisionPolicies {
  readonly adopt: 'update' | 'keep' | 'reject'
  readonly duplicates: 'reject' | 'first' | 'last'
  readonly edited: 'keep' | 'overwrite' | 'reject'
}

/** What is known when a matched record is decided. */
export interface Situation {
  readonly match: Exclude<Match, { kind: 'wait' }>
  /** Columns in which the matched row differs from the record. */
  readonly differing: readonly string[]
  /** What becomes of them in a row that carryover knew. */
  readonly merge: Merge
  /** The ledger has this record with this very fingerprint, role and row already. */
  readonly remembered: boolean
  readonly policies: DecisionPolicies
  /** What messages call a row: its key, or for a row that is only planned another word. */
  readonly nameOf: (rowKey: string) => string
}

/**
 * What is done for a record, as a value. `remember`: the ledger's entry is written, `role` is what the record becomes.
 */
export type Decision =
  | { readonly kind: 'insert'; readonly role?: 'stub' }
  | {
      readonly kind: 'update'
      readonly rowKey: string
      readonly columns: readonly string[]
      /** Columns in which the row keeps what somebody put there. */
      readonly kept: readonly string[]
      /** Columns of `columns` in which somebody's edit is overwritten. */
      readonly overwritten: readonly string[]
      readonly formerOwner: string | null
    }
  | {
      readonly kind: 'leave'
      readonly outcome: 'unchanged' | 'kept'
      readonly rowKey: string
      readonly role: 'owner' | 'alias' | 'deleted' | 'stub'
      readonly kept: readonly string[]
      readonly remember: boolean
      readonly formerOwner: string | null
    }
  /** Another record owns the row: references by this one's key lead there, also where the record itself is rejected. */
  | {
      readonly kind: 'alias'
      readonly rowKey: string
      readonly remember: boolean
      readonly reject: Reject | undefined
    }
  | { readonly kind: 'reject'; readonly reject: Reject }

/** Decides one record. Asks nobody: the same for both engines, for a plan and for a run. */
export function decideChange(situation: Situation): Decision {
  const { match, policies, nameOf } = situation
  const remember = !situation.remembered
  switch (match.kind) {
    case 'new':
      return { kind: 'insert' }
    case 'gone':
      return {
        kind: 'leave',
        outcome: 'kept',
        rowKey: match.rowKey,
        role: match.role,
        kept: [],
        remember,
        formerOwner: null,
      }
    case 'duplicate':
      return {
        kind: 'alias',
        rowKey: match.rowKey,
        remember,
        reject: policies.duplicates === 'reject' ? duplicateOf(match.owner, nameOf(match.rowKey)) : undefined,
      }
    case 'ambiguous':
      return refuse(
        'ambiguous',
        `its unique keys point at different rows: ${match.hits.map((hit) => `${hit.key} at ${nameOf(hit.rowKey)}`).join(', ')}`,
      )
    case 'conflict':
      return refuse(
        'unique_conflict',
        `the row ${nameOf(match.hit.rowKey)} holds its value of ${match.hit.key}`,
      )
    case 'row':
      return match.adopted ? decideAdopted(situation, match) : decideKnown(situation, match)
  }
}

type Row = Extract<Match, { kind: 'row' }>

/** A row that was there before carryover knew it. */
function decideAdopted({ differing, policies, nameOf, remembered }: Situation, match: Row): Decision {
  const { rowKey, formerOwner } = match
  if (policies.adopt === 'reject')
    return refuse('exists', `the row ${nameOf(rowKey)} was there before carryover knew it`)
  if (differing.length === 0 || policies.adopt === 'keep') return leave(match, differing, !remembered)
  return { kind: 'update', rowKey, columns: differing, kept: [], overwritten: [], formerOwner }
}

/** A row of ours: what people put there since stays, or the pipeline says otherwise. */
function decideKnown({ merge, policies, nameOf, remembered }: Situation, match: Row): Decision {
  const { rowKey, formerOwner } = match
  const { changed, conflicts } = merge
  if (conflicts.length > 0 && policies.edited === 'reject') {
    const names = conflicts.join(', ')
    return refuse(
      'edited',
      `somebody edited ${names} of the row ${nameOf(rowKey)}, and the source changed it too`,
    )
  }
  const overwritten = policies.edited === 'overwrite' ? conflicts : []
  const kept = policies.edited === 'overwrite' ? [] : conflicts
  const columns = [...changed, ...overwritten]
  if (columns.length === 0) return leave(match, kept, !remembered)
  return { kind: 'update', rowKey, columns, kept, overwritten, formerOwner }
}

function leave({ rowKey, formerOwner }: Row, kept: readonly string[], remember: boolean): Decision {
  const outcome = kept.length === 0 ? 'unchanged' : 'kept'
  return { kind: 'leave', outcome, rowKey, role: 'owner', kept, remember, formerOwner }
}

function duplicateOf(owner: string, row: string): Reject {
  return { code: 'duplicate', message: `the record ${owner} of this source owns the row ${row} already` }
}

function refuse(code: Reject['code'], message: string): Decision {
  return { kind: 'reject', reject: { code, message } }
}

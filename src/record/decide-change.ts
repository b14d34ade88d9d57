import type { Match } from './match-record.js'
import type { Reject } from './reject.js'

/** The policies that a decision asks. */
export interface DecisionPolicies {
  readonly adopt: 'update' | 'keep' | 'reject'
  readonly duplicates: 'reject' | 'first' | 'last'
}

/** What is known when a matched record is decided. */
export interface Situation {
  readonly match: Exclude<Match, { kind: 'wait' }>
  /** Columns in which the matched row differs from the record. */
  readonly differing: readonly string[]
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
      readonly formerOwner: string | null
    }
  | {
      readonly kind: 'leave'
      readonly outcome: 'unchanged' | 'kept'
      readonly rowKey: string
      readonly role: 'owner' | 'alias' | 'deleted' | 'stub'
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
  const { match, differing, policies, nameOf } = situation
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
    case 'row': {
      const { rowKey, formerOwner } = match
      if (match.adopted && policies.adopt === 'reject') {
        return refuse('exists', `the row ${nameOf(rowKey)} was there before carryover knew it`)
      }
      if (differing.length === 0)
        return { kind: 'leave', outcome: 'unchanged', rowKey, role: 'owner', remember, formerOwner }
      if (match.adopted && policies.adopt === 'keep') {
        return { kind: 'leave', outcome: 'kept', rowKey, role: 'owner', remember, formerOwner }
      }
      return { kind: 'update', rowKey, columns: differing, formerOwner }
    }
  }
}

function duplicateOf(owner: string, row: string): Reject {
  return { code: 'duplicate', message: `the record ${owner} of this source owns the row ${row} already` }
}

function refuse(code: Reject['code'], message: string): Decision {
  return { kind: 'reject', reject: { code, message } }
}

/** What becomes of a row that was there before carryover knew it. */
export type AdoptPolicy = 'update' | 'keep' | 'reject'

/** What becomes of a record whose row another record of the source owns. */
export type DuplicatesPolicy = 'reject' | 'first'

/** What becomes of a row we made that somebody deleted. */
export type DeletedPolicy = 'leave' | 'recreate'

/** What becomes of the row of a record that is gone from the source. */
export type MissingPolicy = 'keep' | 'soft-delete' | 'delete'

/** The choices of a pipeline; each default is the first of its list. */
export interface Policies {
  adopt?: AdoptPolicy
  duplicates?: DuplicatesPolicy
  deleted?: DeletedPolicy
  missing?: MissingPolicy
}

/** Policies with every choice made. */
export type ParsedPolicies = Required<Policies>

/** A count, or a share of the records read such as `'1%'`. */
export type RejectLimit = number | `${number}%`

/** How much may go wrong, or go away, before the exit code is 4. */
export interface Limits {
  /** Rejected records per pipeline. Default 0. */
  rejects?: RejectLimit
  /** Records gone from the source that a run may remove, per pipeline: a number, or a share of those it has brought. Default `'10%'`. */
  removals?: RejectLimit
}

/** What a pipeline gets that chooses nothing. */
export const defaultPolicies: ParsedPolicies = {
  adopt: 'update',
  duplicates: 'reject',
  deleted: 'leave',
  missing: 'keep',
}

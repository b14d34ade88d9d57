/** What becomes of a row that was there before carryover knew it. */
export type AdoptPolicy = 'update' | 'keep' | 'reject'

/** What becomes of a record whose row another record of the source owns. */
export type DuplicatesPolicy = 'reject' | 'first' | 'last'

/** What becomes of a row we made that somebody deleted. */
export type DeletedPolicy = 'leave' | 'recreate'

/** The choices of a pipeline; each default is the first of its list. */
export interface Policies {
  adopt?: AdoptPolicy
  duplicates?: DuplicatesPolicy
  deleted?: DeletedPolicy
}

/** Policies with every choice made. */
export type ParsedPolicies = Required<Policies>

/** A count, or a share of the records read such as `'1%'`. */
export type RejectLimit = number | `${number}%`

/** How much may go wrong before the exit code is 4. */
export interface Limits {
  /** Rejected records per pipeline. Default 0. */
  rejects?: RejectLimit
}

/** What a pipeline gets that chooses nothing. */
export const defaultPolicies: ParsedPolicies = { adopt: 'update', duplicates: 'reject', deleted: 'leave' }

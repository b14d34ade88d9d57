/** What becomes of a row that was there before carryover knew it. */
export type AdoptPolicy = 'update' | 'keep' | 'reject'

/** What becomes of a record whose row another record of the source owns. */
export type DuplicatesPolicy = 'reject' | 'first' | 'last'

/** What becomes of a column that was edited in the target since it was applied, and changed in the source too. */
export type EditedPolicy = 'keep' | 'overwrite' | 'reject'

/** What becomes of a row we made that somebody deleted. */
export type DeletedPolicy = 'leave' | 'recreate'

/** What becomes of the row of a record that is gone from the source. */
export type MissingPolicy = 'keep' | 'soft-delete' | 'delete'

/**
 * What is rolled back when more records are rejected than `limits.rejects` admits: those records alone, all that the pipeline
 * wrote, or all that the run wrote.
 */
export type AtomicPolicy = 'record' | 'pipeline' | 'run'

/** The choices of a pipeline; each default is the first of its list. */
export interface Policies {
  adopt?: AdoptPolicy
  edited?: EditedPolicy
  duplicates?: DuplicatesPolicy
  deleted?: DeletedPolicy
  missing?: MissingPolicy
  /** A run is one transaction as soon as one of the pipelines it runs says `run`. */
  atomic?: AtomicPolicy
}

/** Policies with every choice made. */
export type ParsedPolicies = Required<Policies>

/** A count, or a share of the records read such as `'1%'`. */
export type RejectLimit = number | `${number}%`

/** What becomes of a source that is broken: nothing of it is applied, or what stands before the break. */
export type TruncatedPolicy = 'refuse' | 'apply'

/** How much may go wrong, or go away. */
export interface Limits {
  /** Rejected records per pipeline, above which the exit code is 4. Default 0. */
  rejects?: RejectLimit
  /** Records gone from the source that a run may remove, per pipeline: a number, or a share of those it has brought. Default `'10%'`. */
  removals?: RejectLimit
  /**
   * `refuse` (default): a source with an error in it ends the run before anything is written. `apply`: the records before
   * the error are applied and verified, and so are the other pipelines; the run fails all the same.
   */
  truncated?: TruncatedPolicy
  /** The largest record, or element that a `*` of `at` meets, in bytes. Default 64 MiB. */
  recordBytes?: number
}

/** Limits with every choice made. */
export type ParsedLimits = Required<Limits>

/** What a pipeline gets that chooses nothing. */
export const defaultPolicies: ParsedPolicies = {
  adopt: 'update',
  edited: 'keep',
  duplicates: 'reject',
  deleted: 'leave',
  missing: 'keep',
  atomic: 'record',
}

/** The limits of a pipeline that sets none. */
export const defaultLimits: ParsedLimits = {
  rejects: 0,
  removals: '10%',
  truncated: 'refuse',
  recordBytes: 64 * 1024 * 1024,
}

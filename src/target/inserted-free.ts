import type { Applied } from './writes.js'

/** How records are inserted that nobody has asked about. */
export interface Unprobed {
  /** All of them are likely to be free: that is tried first. */
  readonly isHopeful: boolean
  /** Whether what was inserted may stay, seeing which records were not; where it may not, it is taken back. */
  mayStay(missed: ReadonlySet<number>): Promise<boolean>
}

/** What `insertFree` did. */
export interface InsertedFree {
  readonly applied: Applied
  /** Ordinals of records that somebody is in the way of. */
  readonly missed: ReadonlySet<number>
}

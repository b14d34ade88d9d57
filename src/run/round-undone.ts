import type { Reject } from '../record/reject.js'

/** What became of a record that cannot be settled with its batch. */
export type Verdict =
  | { readonly kind: 'reject'; readonly reject: Reject }
  /** To be asked again when this batch is applied, or when the source is read. */
  | { readonly kind: 'later' }
  /** `moved`: somebody else has changed a row of it meanwhile. */
  | { readonly kind: 'again'; readonly moved?: true }

/**
 * Takes a round back: some records turned out, after their rows were written, not to be settled as a whole. The round is done again
 * without them, so that nothing of them is left.
 */
export class RoundUndone extends Error {
  /** By ordinal. */
  readonly verdicts: ReadonlyMap<number, Verdict>

  constructor(verdicts: ReadonlyMap<number, Verdict>) {
    super('the round is done again without some of its records')
    this.verdicts = verdicts
  }
}

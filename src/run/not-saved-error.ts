import { UsageError } from '../errors.js'

/** Told of a plan that cannot be saved, or applied once it is. */
export function notSavedError(what: 'rehearsal' | 'replay'): UsageError {
  return what === 'rehearsal'
    ? new UsageError(
        'usage.rehearsed_plan',
        'A rehearsal is not saved: give --out or --rehearse, not both.',
        { hint: 'Rehearse first, then save a plan.' },
      )
    : new UsageError(
        'usage.replayed_plan',
        'A replay of rejects is not saved as a plan: give --rejects alone.',
        { hint: 'See what it would do with `plan --rejects`, then run it with `run --rejects`.' },
      )
}

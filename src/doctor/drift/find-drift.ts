import type { DriftFacts } from './drift-check.js'
import { driftChecks } from './drift-checks.js'

/** Where the database is not what the schema declares. */
export interface Drift {
  /** As in an audit: `drift.column_missing`. */
  readonly code: string
  /** `users.email` */
  readonly object: string
  readonly message: string
}

/** What an application runs into: the errors alone, without what is merely worth knowing. */
export function findDrift(facts: DriftFacts): Drift[] {
  return driftChecks.flatMap((check) =>
    check
      .find(facts)
      .filter(({ severity = check.severity }) => severity === 'error')
      .map(({ object, message }) => ({ code: check.code, object, message })),
  )
}

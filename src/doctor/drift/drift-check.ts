import type { Check, Found, Patient } from '../check.js'

/** What schema and database are compared by. */
export type DriftFacts = Pick<Patient, 'survey' | 'declared'>

/** A check that compares the declared tables with those of the database, and needs nothing else. */
export interface DriftCheck extends Check {
  readonly needsSchema: true
  find(facts: DriftFacts): readonly Found[]
}

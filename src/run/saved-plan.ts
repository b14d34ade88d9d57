import type { ParsedPolicies } from '../pipeline/policies.js'
import type { TargetInfo } from '../target/target.js'
import type { Outcomes } from './run-report.js'

/** A plan as it is kept in a file: what it was computed from, and what it decided, as hashes. No value of a row or record. */
export interface SavedPlan {
  readonly toolVersion: string
  readonly createdAt: string
  /** Goes into every hash of a record, so that nobody has tables of them. */
  readonly salt: string
  readonly target: Pick<TargetInfo, 'dialect' | 'database'>
  /** The pipelines that were asked for; empty for all. */
  readonly only: readonly string[]
  /** Those that the caller gave. */
  readonly policies: Partial<ParsedPolicies>
  /** See `Definitions`. */
  readonly scope: string
  readonly files: Readonly<Record<string, string>>
  /** The ledger's newest run when the plan was made. */
  readonly lastRun: number | null
  readonly pipelines: readonly SavedPipeline[]
}

/** One pipeline of a saved plan. */
export interface SavedPipeline {
  readonly name: string
  readonly sources: readonly { readonly path: string; readonly sha256: string }[]
  readonly outcomes: Outcomes
  /** See `Decided`. */
  readonly digest: string
  readonly given: string | null
  readonly records: readonly (readonly [keyHash: string, decision: string])[] | null
}

import type { SourceError } from '../errors.js'
import type { Hope } from './hope.js'
import type { OwnCircles } from './own-circles.js'
import type { MappedLegacy } from './records.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { Outcomes } from './run-report.js'
import type { ResolvedRows } from './referred-rows.js'
import type { RunContext } from './run-context.js'
import type { SeenKeys } from './seen-keys.js'
import type { ShortCuts } from './short-cuts.js'
import type { Tally } from './tally.js'

/** A pipeline on its way through its source. */
export interface PipelineState {
  readonly context: RunContext
  readonly prepared: PreparedPipeline
  readonly tally: Tally
  readonly seen: SeenKeys
  readonly resolved: ResolvedRows
  /** Records that wait for the end of the source, by legacy key. */
  readonly deferred: Map<string, MappedLegacy>
  /** Legacy keys of those among them that wait for what is gone from the source to be removed. */
  readonly held: Set<string>
  /** Legacy keys that turned out to share the row of another: where references to them lead is certain by now. */
  readonly aliases: Set<string>
  /** What each record was counted as, where the last of several counts: it may change when a row changes hands. */
  readonly counted: Map<string, keyof Outcomes>
  readonly circles: OwnCircles
  /** The ledger had nothing of the pipeline when it began: whom the source brings it does not know. */
  readonly isFirst: boolean
  /** What of its source it may skip. */
  readonly shortCuts: ShortCuts
  /** Of inserting new records without a look at who holds their unique values. */
  readonly hope: Hope
  /** Records that went with references that are not certain, until their second pass. */
  readonly open: MappedLegacy[]
  /** Pipelines that were given stubs. */
  readonly stubbed: Set<string>
  /** Ids of the rejects of this run, each with the ordinal of its record. */
  readonly rejectIds: Map<string, number>
  /** Nothing more comes from the source. */
  sourceRead: boolean
  /** What broke the source, where the records before it are applied: what stands behind it is not known. */
  fault: SourceError | undefined
}

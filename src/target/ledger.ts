/** A run as it begins. */
export interface NewRun {
  readonly command: string
  readonly pipelines: readonly string[]
  readonly toolVersion: string
  readonly startedAt: Date
  readonly host: string
  readonly user: string
  /** The platform's deployment id and commit, where there are any. */
  readonly deployment: string | null
  readonly commit: string | null
}

/** A run's end. */
export interface RunEnd {
  readonly status: string
  readonly exitCode: number
  readonly finishedAt: Date
  /** The report's `pipelines`, as JSON text without values. */
  readonly summary: string
}

/** A run as the ledger tells it. */
export interface RunRow {
  readonly id: number
  readonly command: string
  readonly status: string
  readonly exitCode: number | null
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly toolVersion: string
  readonly host: string
  readonly user: string
  readonly deployment: string | null
  readonly commit: string | null
  readonly pipelines: readonly string[]
  /** The run that this one took back. */
  readonly undoes: number | null
  /** The run that took this one back. */
  readonly undoneBy: number | null
  /** JSON text, see `RunEnd`. */
  readonly summary: string | null
}

/** A reject that is open, as the ledger tells it. */
export interface RejectRow {
  readonly runId: number
  readonly pipeline: string
  readonly legacyKey: string | null
  readonly at: string
  readonly code: string
  readonly column: string | null
  readonly message: string
  /** JSON text of the legacy record, null when it was not kept. */
  readonly record: string | null
}

/** What a pipeline has in the ledger. */
export interface PipelineState {
  readonly pipeline: string
  readonly table: string
  readonly owners: number
  readonly aliases: number
  readonly deleted: number
  readonly openRejects: number
}

/** What is kept in the target database of earlier runs; created and versioned by carryover, never touched by users. */
export interface Ledger {
  /** Creates or upgrades it. @throws TargetError `ledger.newer` when a newer carryover made it */
  prepare(): Promise<void>
  /** True when it is there. A plan works without. */
  exists(): Promise<boolean>
  /** Adds the run's row; answers its id: 1, 2, 3 … */
  beginRun(run: NewRun): Promise<number>
  finishRun(id: number, end: RunEnd): Promise<void>
  /** Newest first. `runId` narrows to one. */
  runs(options: { limit: number; runId?: number }): Promise<RunRow[]>
  /** Open rejects; or those that a given run found first. Oldest first. */
  rejects(options: { pipelines?: readonly string[]; runId?: number }): Promise<RejectRow[]>
  /** Ids of a pipeline's open rejects. */
  openRejectIds(pipeline: string): Promise<string[]>
  /** Closes rejects that no longer occur. */
  closeRejects(pipeline: string, runId: number, ids: readonly string[]): Promise<void>
  states(): Promise<PipelineState[]>
}

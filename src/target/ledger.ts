import type { RejectCopy, RejectEntry } from './reject-entry.js'

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
  /** What says how its records are mapped, as text; null where nobody asked. */
  readonly definitions: string | null
}

/** Definitions, and the run that used them. */
export interface DefinitionsUse {
  readonly runId: number
  readonly startedAt: string
  readonly deployment: string | null
  readonly commit: string | null
  readonly pipelines: readonly string[]
  readonly definitions: string
  /** The run came to its end. */
  readonly isComplete: boolean
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

/** A reject as the ledger tells it, without the record. */
export interface RejectRow extends Omit<RejectEntry, 'record' | 'surroundings' | 'replaces'> {
  readonly runId: number
  readonly pipeline: string
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

/** What lets a later run of a pipeline skip what is as it was. */
export interface ShortCut {
  /** Hash of all that says how its records are mapped: every entry was judged by it. */
  readonly basis: string
  /** What its source was as a whole, and what came of it, as text; null when that must be found out record by record. */
  readonly whole: string | null
  /** How often rows of the pipelines it refers to had moved in its run by then, by their names. */
  readonly moved: Moves
}

/** How many batches of a run have given a record another row than it had, by pipeline. */
export type Moves = Readonly<Record<string, number>>

/** What is kept in the target database of earlier runs; created and versioned by carryover, never touched by users. */
export interface Ledger {
  /** Creates or upgrades it. @throws TargetError `ledger.newer` when a newer carryover made it */
  prepare(): Promise<void>
  /** True when it is there. A plan works without. */
  exists(): Promise<boolean>
  /** Adds the run's row; answers its id: 1, 2, 3 … */
  beginRun(run: NewRun): Promise<number>
  finishRun(id: number, end: RunEnd): Promise<void>
  /**
   * Runs of the command `run` that were not undone, newest first: of those that came to their end the newest of each definitions and
   * pipelines, of the others every one.
   */
  definitionsUses(): Promise<DefinitionsUse[]>
  /** Which of these runs have left something in the target. */
  haveWritten(runIds: readonly number[]): Promise<Set<number>>
  /** Newest first. `runId` narrows to one. */
  runs(options: { limit: number; runId?: number }): Promise<RunRow[]>
  /** Open rejects; or those that a given run found first. Those of the oldest run first, then in the order of the source. */
  rejects(options: { pipelines?: readonly string[]; runId?: number }): Promise<RejectRow[]>
  /** The records of these rejects, by id. */
  rejectCopies(ids: readonly string[]): Promise<Map<string, RejectCopy>>
  /** Which of these legacy keys the ledger has, whatever became of their records, and the run that wrote of them last. */
  knownKeys(pipeline: string, legacyKeys: readonly string[]): Promise<Map<string, number>>
  /** Whether anything at all was ever noted of a pipeline's records, rejects included. */
  knowsAny(pipeline: string): Promise<boolean>
  /**
   * What the last run of a pipeline before this one has kept; undefined where it has kept nothing, where a run was undone since, or
   * where rows of the pipelines that it refers to have moved since.
   */
  shortCut(pipeline: string, runId: number, referred: readonly string[]): Promise<ShortCut | undefined>
  /** Keeps it in the row of the run. */
  keepShortCut(pipeline: string, runId: number, shortCut: ShortCut): Promise<void>
  moves(runId: number): Promise<Moves>
  /** What was noted of a pipeline's enum values, by id. */
  enumNotes(pipeline: string): Promise<Map<string, string>>
  /** Ids of a pipeline's open rejects. */
  openRejectIds(pipeline: string): Promise<string[]>
  /** Closes rejects that no longer occur; nobody needs their records any more, which are forgotten. */
  closeRejects(pipeline: string, runId: number, ids: readonly string[]): Promise<void>
  states(): Promise<PipelineState[]>
}

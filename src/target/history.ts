import type { Failure } from './writes.js'
import type { TargetTable } from './table.js'

/** One call of a run that wrote something. */
export interface RunStep {
  readonly runId: number
  /** Counted from 1 in the run. */
  readonly step: number
}

/** What the ledger has of a legacy key, as text that `putEntries` takes back. */
export type EntryText = string

/** How the ledger's entry of a noted line stands now. `here`: as this step left it; `elsewhere`: something else wrote it since. */
export type Standing = 'here' | 'gone' | 'elsewhere'

/** A line of the journal, with the entry as it stands now. */
export interface NotedLine {
  readonly pipeline: string
  /** Null for a row alone. */
  readonly legacyKey: string | null
  readonly action: 'insert' | 'update' | 'delete' | 'link'
  readonly target: string
  readonly rowKey: string
  /** Column → what it held, as this engine prints it; null where no row was written over. */
  readonly before: ReadonlyMap<string, string | null> | null
  readonly entry: EntryText | null
  readonly standing: Standing
  /** As the ledger has it now. */
  readonly applied: string | null
  /** The row was inserted by one of the runs that are taken back. */
  readonly madeHere: boolean
  /** Another line of these runs restores the same row. */
  readonly again: boolean
}

/** An entry that a step added to the ledger. */
export interface AddedEntry {
  readonly pipeline: string
  readonly legacyKey: string
  readonly target: string
  readonly rowKey: string
  /** Its row was inserted with it. */
  readonly made: boolean
  readonly applied: string | null
}

/** Everything that one step wrote. */
export interface StepWrites {
  readonly lines: readonly NotedLine[]
  readonly added: readonly AddedEntry[]
}

/** A row with what it is to hold, as the journal has it. */
export interface HeldBefore {
  readonly rowKey: string
  readonly values: ReadonlyMap<string, string | null>
}

/** What is noted of runs that may be taken back, and the writes that take them back; inside the transaction of a batch. */
export interface History {
  /** Makes the questions below quick; to be called once, before them. */
  open(): Promise<void>
  /** Leaves nothing of `open`. */
  close(): Promise<void>
  /** The steps of these runs, the last one first. */
  steps(runIds: readonly number[]): Promise<RunStep[]>
  /** What a step wrote, its entries as they stand now. @param runIds all that are taken back */
  writes(step: RunStep, runIds: readonly number[]): Promise<StepWrites>
  /** Later runs, none of them taken back, that wrote on a row or an entry which one of these runs wrote. */
  laterRuns(runIds: readonly number[]): Promise<number[]>
  /** The runs that wrote the rows which point at these last. */
  pointingRuns(table: TargetTable, rowKeys: readonly string[]): Promise<number[]>
  /** The runs that wrote the rows which hold unique values of these by now, or that deleted what these point at. */
  obstructingRuns(table: TargetTable, rows: readonly HeldBefore[]): Promise<number[]>
  /** Gives columns of rows the values they had. Answers the rows that the database refused. */
  restore(table: TargetTable, rows: readonly HeldBefore[]): Promise<Map<string, Failure['code']>>
  /** Deletes rows; answers those that the database would not let go. */
  delete(table: TargetTable, rowKeys: readonly string[]): Promise<Map<string, Failure['code']>>
  /** Inserts rows that were deleted, as they were. Answers the rows that the database refused. */
  insert(table: TargetTable, rows: readonly HeldBefore[]): Promise<Map<string, Failure['code']>>
  /** Gives legacy keys the entries they had; null: none. */
  putEntries(pipeline: string, entries: ReadonlyMap<string, EntryText | null>): Promise<void>
  /** Forgets what was noted of these runs, and notes which run has taken them back. */
  markUndone(runIds: readonly number[], by: { runId: number; undoes: number }): Promise<void>
}

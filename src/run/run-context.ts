import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { Target } from '../target/target.js'
import type { TargetTable } from '../target/table.js'
import type { Progress } from './options.js'
import type { Settings } from './settings.js'

/** What all pipelines of one run share. */
export interface RunContext {
  readonly target: Target
  readonly settings: Settings
  /** The ledger's number of the run; 0 for a plan, which writes nowhere. */
  readonly runId: number
  readonly dryRun: boolean
  /** How many changes per pipeline a plan shows. */
  readonly shownChanges: number
  readonly pipelines: ReadonlyMap<string, CompiledPipeline>
  readonly signal: AbortSignal
  readonly onProgress: ((progress: Progress) => void) | undefined
  /** What people read for a row key: `(new)` where it stands, in a plan, for one the database would make. */
  nameOf(rowKey: string): string
  /** The live table of a pipeline, read once. */
  tableOf(pipeline: string): Promise<TargetTable>
  /** The legacy keys in a pipeline's source, read once. */
  sourceKeysOf(pipeline: string): Promise<ReadonlySet<string>>
}

/** A function that answers each pipeline's live table and reads it from the catalogue once. */
export function tableReader(
  target: Target,
  pipelines: ReadonlyMap<string, CompiledPipeline>,
): (pipeline: string) => Promise<TargetTable> {
  const tables = new Map<string, Promise<TargetTable>>()
  return (name) => {
    const known = tables.get(name) ?? target.readTable((pipelines.get(name) as CompiledPipeline).target)
    tables.set(name, known)
    return known
  }
}

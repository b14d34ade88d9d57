import { withDescendants } from '../pipeline/compile-children.js'
import type { CompiledMapping, CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { Target } from '../target/target.js'
import type { TargetTable } from '../target/table.js'
import type { Sources } from './open-sources.js'
import type { Progress } from './options.js'
import type { Settings } from './settings.js'

/** What all pipelines of one run share. */
export interface RunContext {
  readonly target: Target
  readonly settings: Settings
  /** The ledger's number of the run; 0 for a plan, which writes nowhere. */
  readonly runId: number
  readonly startedAt: Date
  readonly dryRun: boolean
  /** How many changes per pipeline a plan shows. */
  readonly shownChanges: number
  readonly sources: Sources
  readonly pipelines: ReadonlyMap<string, CompiledPipeline>
  readonly signal: AbortSignal
  readonly onProgress: ((progress: Progress) => void) | undefined
  /** What people read for a row key: `(new)` where it stands, in a plan, for one the database would make. */
  nameOf(rowKey: string): string
  /** The live table of a pipeline or a child, read once. */
  tableOf(pipeline: string): Promise<TargetTable>
}

/** A function that answers the live table of each pipeline and child, and reads it from the catalogue once. */
export function tableReader(
  target: Target,
  pipelines: ReadonlyMap<string, CompiledPipeline>,
): (pipeline: string) => Promise<TargetTable> {
  const mappings = new Map<string, CompiledMapping>(pipelines)
  for (const { children } of pipelines.values())
    for (const child of withDescendants(children)) mappings.set(child.name, child)
  const tables = new Map<string, Promise<TargetTable>>()
  return (name) => {
    const known = tables.get(name) ?? target.readTable((mappings.get(name) as CompiledMapping).target)
    tables.set(name, known)
    return known
  }
}

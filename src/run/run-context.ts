import { withDescendants } from '../pipeline/compile-children.js'
import type { CompiledMapping, CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { Definitions } from '../pipeline/definitions.js'
import type { Target } from '../target/target.js'
import type { TargetTable } from '../target/table.js'
import type { Decisions } from './decisions.js'
import type { Sources } from './open-sources.js'
import type { Progress } from './options.js'
import type { Pace } from './pace.js'
import type { Replay } from './replay.js'
import type { Profiler } from './profiler.js'
import { preparePipeline } from './prepare-pipeline.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { Settings } from './settings.js'

/** What all pipelines of one run share. */
export interface RunContext {
  readonly target: Target
  readonly settings: Settings
  /** The ledger's number of the run; 0 for a plan, which writes nowhere. */
  readonly runId: number
  readonly startedAt: Date
  readonly dryRun: boolean
  /** What is done can be read back from the target: in a rehearsal too, but not in a plan that only computes. */
  readonly writes: boolean
  /** How many changes per pipeline a plan shows. */
  readonly shownChanges: number
  readonly sources: Sources
  /** Where a plan is to be compared with another. */
  readonly decisions: Decisions | undefined
  /** Given while rejects are replayed: then `sources` are these, and no other record is read. */
  readonly replay: Replay | undefined
  readonly pipelines: ReadonlyMap<string, CompiledPipeline>
  /** What says how records are mapped, read once. */
  definitions(): Promise<Definitions>
  readonly signal: AbortSignal
  readonly pace: Pace
  readonly profiler: Profiler
  readonly onProgress: ((progress: Progress) => void) | undefined
  /** What people read for a row key: `(new)` where it stands, in a plan, for one the database would make. */
  nameOf(rowKey: string): string
  /** The live table of a pipeline, of a child or of a drizzle table, read once. */
  tableOf(of: string | CompiledMapping['target']): Promise<TargetTable>
  /** A pipeline beside its live table. */
  preparedOf(pipeline: string): Promise<PreparedPipeline>
  /** The legacy keys in a pipeline's source, read once. */
  sourceKeysOf(pipeline: string): Promise<ReadonlySet<string>>
}

/** A function that answers live tables and reads each from the catalogue once. */
export function tableReader(
  target: Target,
  pipelines: ReadonlyMap<string, CompiledPipeline>,
): RunContext['tableOf'] {
  const mappings = new Map<string, CompiledMapping>(pipelines)
  for (const { children } of pipelines.values())
    for (const child of withDescendants(children)) mappings.set(child.name, child)
  const tables = new Map<CompiledMapping['target'], Promise<TargetTable>>()
  return (of) => {
    const table = typeof of === 'string' ? (mappings.get(of) as CompiledMapping).target : of
    const known = tables.get(table) ?? target.readTable(table)
    tables.set(table, known)
    return known
  }
}

/** A function that answers each pipeline beside its live table. */
export function preparedReader(
  pipelines: ReadonlyMap<string, CompiledPipeline>,
  tableOf: RunContext['tableOf'],
  startedAt: Date,
): RunContext['preparedOf'] {
  const prepared = new Map<string, Promise<PreparedPipeline>>()
  const mappings = [...pipelines.values()].flatMap((one) => [one, ...withDescendants(one.children)])
  return (name) => {
    const known =
      prepared.get(name) ??
      tableOf(name).then((table) =>
        preparePipeline(pipelines.get(name) as CompiledPipeline, table, { tableOf, startedAt, mappings }),
      )
    prepared.set(name, known)
    return known
  }
}

import { AbortedError, CarryoverError } from '../errors.js'
import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { problemOf, type DefinitionProblem } from '../pipeline/problem.js'
import { openSource } from '../source/open-source.js'
import { readsStandardInput } from '../source/source-definition.js'
import { claimKeys } from './claim-keys.js'
import type { CheckedPipeline } from './command-reports.js'
import { addCounts } from './enum-counts.js'
import { impureColumns } from './impure-columns.js'
import { listEnums } from './list-enums.js'
import { mapChunk } from './map-chunk.js'
import type { Progress } from './options.js'
import { printPipeline } from './print-pipeline.js'
import { measureProgress } from './progress-meter.js'
import { readAhead } from './read-ahead.js'
import { exceedsLimit } from './reject-limit.js'
import { newSeenKeys } from './seen-keys.js'
import type { Settings } from './settings.js'
import { countReject, listRejects, newTally, type Tally } from './tally.js'

/** Records at the beginning of a source that are mapped twice, to see whether the mapping is pure. */
const mappedTwice = 1_000

/** What all pipelines of one check share. */
export interface CheckContext {
  readonly settings: Settings
  readonly signal: AbortSignal | undefined
  readonly onProgress: ((progress: Progress) => void) | undefined
}

/**
 * Reads the whole source of a pipeline and maps every record, as a run does before it asks the database.
 * @throws AbortedError when the signal is aborted
 */
export async function checkPipeline(
  context: CheckContext,
  pipeline: CompiledPipeline,
  position: { index: number; count: number },
): Promise<{ checked: CheckedPipeline; problems: DefinitionProblem[] }> {
  const tally = newTally()
  const impure = new Set<string>()
  const problems: DefinitionProblem[] = []
  try {
    await mapSource(context, pipeline, position, tally, impure)
  } catch (error) {
    if (!(error instanceof CarryoverError) || error instanceof AbortedError) throw error
    problems.push(problemOf(error, { file: pipeline.file, pipeline: pipeline.name }))
  }
  const { records, outcomes } = tally
  problems.push(...[...impure].map((column) => impureColumn(pipeline, column)))
  if (exceedsLimit(outcomes.rejected, records, pipeline.limits.rejects))
    problems.push(tooManyRejects(pipeline, outcomes.rejected))
  const checked: CheckedPipeline = {
    ...printPipeline(pipeline),
    records,
    skipped: outcomes.skipped,
    rejected: outcomes.rejected,
    rejects: listRejects(tally),
    enums: listEnums(pipeline, tally.enums, context.settings),
  }
  return { checked, problems }
}

async function mapSource(
  { settings, signal, onProgress }: CheckContext,
  pipeline: CompiledPipeline,
  position: { index: number; count: number },
  tally: Tally,
  impure: Set<string>,
): Promise<void> {
  const startedMs = performance.now()
  // It can be read but once, and the run is to have it.
  if (readsStandardInput(pipeline.source)) return
  const source = await openSource(pipeline.source, {
    baseDir: pipeline.dir,
    displayDir: settings.cwd,
    maxElementBytes: pipeline.limits.recordBytes,
  })
  const seen = newSeenKeys()
  for await (const objects of readAhead(source.chunks(signal))) {
    const chunk = mapChunk(pipeline, objects)
    if (tally.records < mappedTwice)
      for (const column of impureColumns(pipeline, objects, chunk)) impure.add(column)
    tally.records += chunk.records
    tally.outcomes.skipped += chunk.skipped
    addCounts(tally.enums, chunk.enums)
    for (const rejected of claimKeys(seen, chunk).rejected) countReject(tally, rejected)
    onProgress?.(
      measureProgress({
        pipeline: pipeline.name,
        ...position,
        records: tally.records,
        rejected: tally.outcomes.rejected,
        bytesRead: source.bytesRead(),
        totalBytes: source.totalBytes,
        elapsedMs: performance.now() - startedMs,
      }),
    )
  }
}

function impureColumn({ name, file }: CompiledPipeline, column: string): DefinitionProblem {
  return {
    severity: 'error',
    code: 'pipeline.impure',
    message: `The column ${column} of ${name} is not the same when it is made twice from the same record.`,
    hint: 'Leave out clocks and random numbers, or wrap them in onInsert or onChange.',
    pipeline: name,
    file,
  }
}

function tooManyRejects({ name, file, limits }: CompiledPipeline, rejected: number): DefinitionProblem {
  return {
    severity: 'warning',
    code: 'pipeline.rejects',
    message: `${rejected === 1 ? '1 record' : `${rejected} records`} of ${name} would be rejected before the database is asked; its limit is ${limits.rejects}.`,
    hint: 'Mend the records or the mapping, or admit them with `limits: { rejects: … }`: a run would end with exit code 4.',
    pipeline: name,
    file,
  }
}

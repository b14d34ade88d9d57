import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { encodeAhead } from './encode-ahead.js'
import { newHope } from './hope.js'
import { newOwnCircles } from './own-circles.js'
import { profiledStopwatch } from './profiled-stopwatch.js'
import type { PipelineState } from './pipeline-state.js'
import type { ReadLegacy } from './records.js'
import type { SourceMarks } from './source-marks.js'
import { notedRecords } from './noted-records.js'
import { inBatches } from './in-batches.js'
import { inSlices } from './in-slices.js'
import { joinChunks, mapChunk, type MappedChunk } from './map-chunk.js'
import { measureProgress } from './progress-meter.js'
import type { Profiler } from './profiler.js'
import { readAhead } from './read-ahead.js'
import type { RunContext } from './run-context.js'
import { timed } from './timed.js'
import { timedItems } from './timed-wait.js'
import { untilBroken } from './until-broken.js'
import type { PipelineReport, VerificationCheck } from './run-report.js'
import { newSeenKeys } from './seen-keys.js'
import type { Stopwatch } from './stopwatch.js'
import { openShortCuts } from './short-cuts.js'
import { withoutUntouched } from './without-untouched.js'
import { enumWarnings } from './list-enums.js'
import { listRejects, listWarnings, newTally } from './tally.js'

/** A pipeline that is about to go through its source. */
export interface OpenPipeline {
  readonly state: PipelineState
  readonly batchRecords: number
  /** Runs while the pipeline is at work. */
  readonly clock: Stopwatch
  /** Hands every mapped batch to `work`, in the order of the source, and tells how far it is. */
  eachChunk(work: (chunk: MappedChunk) => Promise<void>): Promise<void>
  /** Tells how far it is: after each chunk by itself, and when records that waited are settled. */
  tellProgress(): void
  /** The report of what was counted. */
  report(checks: VerificationCheck[]): PipelineReport
}

/** Reads the live table, joins it with the pipeline and opens the source. */
export async function openPipeline(
  context: RunContext,
  pipeline: CompiledPipeline,
  position: { index: number; count: number },
): Promise<OpenPipeline> {
  const { profiler } = context
  const clock = profiledStopwatch(profiler, pipeline.name)
  const prepared = await context.preparedOf(pipeline.name)
  const source = context.sources.of(pipeline)
  const batchRecords = context.settings.batchRecords ?? context.target.batchRecords
  const isFirst = context.writes && !(await context.target.ledger.knowsAny(pipeline.name))
  const state: PipelineState = {
    context,
    prepared,
    tally: newTally(),
    seen: newSeenKeys(),
    resolved: new Map(),
    deferred: new Map(),
    held: new Set(),
    aliases: new Set(),
    counted: new Map(),
    circles: newOwnCircles(prepared),
    isFirst,
    shortCuts: await openShortCuts(context, prepared, source, isFirst),
    hopes: { ofAll: newHope(), ofSome: newHope() },
    open: [],
    stubbed: new Set(),
    rejectIds: new Map(),
    sourceRead: false,
    fault: undefined,
  }
  const tellProgress = () =>
    context.onProgress?.(
      measureProgress({
        pipeline: pipeline.name,
        ...position,
        records: state.tally.records,
        rejected: state.tally.outcomes.rejected,
        bytesRead: source.bytesRead(),
        totalBytes: source.totalBytes,
        elapsedMs: clock.elapsedMs(),
      }),
    )
  return {
    state,
    batchRecords,
    clock,
    tellProgress,
    eachChunk: async (work) => {
      const given = source.chunks(context.signal, (reading) => timed(profiler, 'read', reading))
      const isFunction = source.totalBytes === undefined
      const chunks = untilBroken(state, isFunction ? notedRecords(state, given) : given)
      const batches = inBatches(chunks, batchRecords)
      for await (const chunk of timedItems(profiler, 'read', mappedChunks(state, pipeline, batches))) {
        state.tally.records += chunk.records
        state.tally.outcomes.skipped += chunk.skipped
        await work(chunk)
        tellProgress()
      }
    },
    report: (checks) => {
      const { tally } = state
      const profile = profiler.ofPipeline(pipeline.name)
      const durationMs = Math.round(clock.elapsedMs())
      return {
        name: pipeline.name,
        source: {
          files: source.files(),
          records: tally.records,
          ...(tally.untouched === 0 ? {} : { untouched: tally.untouched }),
        },
        outcomes: tally.outcomes,
        rows: tally.rows,
        warnings: listWarnings(tally, enumWarnings(pipeline, tally.enums, context.settings)),
        rejects: listRejects(tally),
        verification: { ok: checks.every((check) => check.ok), checks },
        durationMs,
        recordsPerSecond: durationMs === 0 ? 0 : Math.round((tally.records * 1000) / durationMs),
        ...(profile !== undefined && { profile }),
        ...(context.dryRun && context.shownChanges > 0 ? { changes: tally.changes } : {}),
      }
    },
  }
}

/** Mapped batches, each read while the one before it is in use. */
function mappedChunks(
  state: PipelineState,
  pipeline: CompiledPipeline,
  batches: AsyncIterable<readonly ReadLegacy[]>,
): AsyncIterable<MappedChunk> {
  const { context, shortCuts } = state
  if (shortCuts.way === 'records') return withoutUntouched(state, pipeline, shortCuts.marks, batches)
  const mapped = encodeAhead(state, mapEach(context.profiler, pipeline, shortCuts.marks, batches))
  // What is replayed is read from the database, between two batches.
  return context.replay === undefined ? readAhead(mapped) : mapped
}

async function* mapEach(
  profiler: Profiler,
  pipeline: CompiledPipeline,
  marks: SourceMarks | undefined,
  batches: AsyncIterable<readonly ReadLegacy[]>,
): AsyncGenerator<MappedChunk> {
  const map = (slice: readonly ReadLegacy[]) =>
    timed(profiler, 'validate and map', () => mapChunk(pipeline, slice, marks))
  for await (const batch of batches) yield joinChunks(await inSlices(batch, map))
}

import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { openSource, type OpenSource } from '../source/open-source.js'
import type { SequenceMove } from '../target/target.js'
import { mapBatches } from './map-batches.js'
import type { MappedChunk } from './map-chunk.js'
import type { PipelineState } from './pipeline-state.js'
import { preparePipeline } from './prepared-pipeline.js'
import { measureProgress } from './progress-meter.js'
import { readAhead } from './read-ahead.js'
import type { RejectedLegacy } from './records.js'
import type { RunContext } from './run-context.js'
import type { PipelineReport } from './run-report.js'
import { newSeenKeys } from './seen-keys.js'
import { settleDeferred, settleRecords } from './settle-records.js'
import { countWarning, listRejects, listWarnings, newTally } from './tally.js'
import { outcomesAddUp, verifyPipeline } from './verify-pipeline.js'

/** What a pipeline did, and the sequences it moved. */
export interface PipelineResult {
  readonly report: PipelineReport
  readonly sequences: readonly SequenceMove[]
}

/** Runs one pipeline from its source to its verification. */
export async function runPipeline(
  context: RunContext,
  pipeline: CompiledPipeline,
  position: { index: number; count: number },
): Promise<PipelineResult> {
  const startedMs = performance.now()
  const table = await context.tableOf(pipeline.name)
  const prepared = await preparePipeline(pipeline, table, context.tableOf)
  const source = await openSource(pipeline.source, { baseDir: pipeline.dir, displayDir: context.settings.cwd })
  const batchRecords = context.settings.batchRecords ?? context.target.batchRecords
  const state: PipelineState = {
    context,
    prepared,
    tally: newTally(),
    seen: newSeenKeys(),
    resolved: new Map(),
    deferred: new Map(),
    rejectIds: new Set(),
    sourceRead: false,
  }
  for (const key of prepared.unusedKeys) countWarning(state.tally, 'key_unused', undefined, key)
  for await (const chunk of readAhead(mapBatches(pipeline, source.chunks(context.signal), batchRecords))) {
    await settleChunk(state, chunk)
    tellProgress(state, source, position, performance.now() - startedMs)
  }
  await settleDeferred(state, batchRecords)
  await closeSettledRejects(state)
  const sequences = context.dryRun ? [] : await context.target.advanceSequences(table)
  const checks = context.dryRun ? [outcomesAddUp(state)] : await verifyPipeline(state)
  const durationMs = Math.round(performance.now() - startedMs)
  return {
    report: {
      name: pipeline.name,
      source: { files: source.files(), records: state.tally.records },
      outcomes: state.tally.outcomes,
      rows: state.tally.rows,
      warnings: listWarnings(state.tally),
      rejects: listRejects(state.tally),
      verification: { ok: checks.every((check) => check.ok), checks },
      durationMs,
      recordsPerSecond: durationMs === 0 ? 0 : Math.round((state.tally.records * 1000) / durationMs),
      ...(context.dryRun ? { changes: state.tally.changes } : {}),
    },
    sequences,
  }
}

/** Claims the keys of a chunk and settles what is left. */
async function settleChunk(state: PipelineState, chunk: MappedChunk): Promise<void> {
  const { tally, seen } = state
  tally.records += chunk.records
  tally.outcomes.skipped += chunk.skipped
  const duplicates: RejectedLegacy[] = []
  const first = chunk.mapped.filter((record) => {
    if (seen.claim(record.legacyKey)) return true
    duplicates.push({
      ordinal: record.ordinal,
      location: record.location,
      legacyKey: record.legacyKey,
      raw: record.raw,
      reject: { code: 'duplicate_key', message: 'an earlier record of this source has the same key' },
    })
    return false
  })
  for (const rejected of chunk.rejected) if (rejected.legacyKey !== null) seen.mention(rejected.legacyKey)
  await settleRecords(state, first, [...chunk.rejected, ...duplicates])
}

/** Rejects of earlier runs that did not come up again are closed. */
async function closeSettledRejects(state: PipelineState): Promise<void> {
  const { context, prepared, rejectIds } = state
  if (context.dryRun) return
  const { ledger } = context.target
  const open = await ledger.openRejectIds(prepared.pipeline.name)
  await ledger.closeRejects(
    prepared.pipeline.name,
    context.runId,
    open.filter((id) => !rejectIds.has(id)),
  )
}

function tellProgress(
  state: PipelineState,
  source: OpenSource,
  position: { index: number; count: number },
  elapsedMs: number,
): void {
  state.context.onProgress?.(
    measureProgress({
      pipeline: state.prepared.pipeline.name,
      ...position,
      records: state.tally.records,
      rejected: state.tally.outcomes.rejected,
      bytesRead: source.bytesRead(),
      totalBytes: source.totalBytes,
      elapsedMs,
    }),
  )
}

import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { Remembered } from '../target/batch.js'
import { countNotes } from './enum-counts.js'
import { keyOfRaw, mapChunk, type MappedChunk, type UntouchedLegacy } from './map-chunk.js'
import type { PipelineState } from './pipeline-state.js'
import type { Profiler } from './profiler.js'
import { readAhead } from './read-ahead.js'
import type { ReadLegacy } from './records.js'
import type { SourceMarks } from './source-marks.js'
import { timed } from './timed.js'

/** Records as they were read, and what the ledger is asked of those whose fields tell a key. */
interface MarkedBatch {
  readonly records: readonly ReadLegacy[]
  readonly asked: readonly Remembered[]
}

/**
 * Mapped batches, but for the records that the source has as it had them when they were settled: these are known by the key that
 * their fields tell and by what stands for them, and no schema sees them. The key may be another one than the schema makes of it;
 * then the ledger does not know it by these very fields.
 */
export async function* withoutUntouched(
  { context, prepared }: PipelineState,
  pipeline: CompiledPipeline,
  marks: SourceMarks,
  batches: AsyncIterable<readonly ReadLegacy[]>,
): AsyncGenerator<MappedChunk> {
  for await (const { records, asked } of readAhead(marked(context.profiler, pipeline, marks, batches))) {
    const known = await context.target.inBatch((batch) =>
      batch.untouched(pipeline.name, prepared.table, asked),
    )
    const keys = new Map(asked.map(({ ordinal, legacyKey }) => [ordinal, legacyKey]))
    const untouched: UntouchedLegacy[] = []
    const others: ReadLegacy[] = []
    for (const record of records) {
      const { ordinal } = record
      if (known.settled.has(ordinal)) untouched.push({ ...record, legacyKey: keys.get(ordinal) as string })
      else others.push(record)
    }
    const chunk = timed(context.profiler, 'validate and map', () => mapChunk(pipeline, others, marks))
    for (const [id, count] of known.notes) countNotes(chunk.enums, marks.notesOf(id), count)
    yield { ...chunk, records: records.length, untouched }
  }
}

async function* marked(
  profiler: Profiler,
  pipeline: CompiledPipeline,
  marks: SourceMarks,
  batches: AsyncIterable<readonly ReadLegacy[]>,
): AsyncGenerator<MarkedBatch> {
  for await (const records of batches) {
    yield timed(profiler, 'encode', () => ({ records, asked: askedOf(pipeline, marks, records) }))
  }
}

function askedOf(
  pipeline: CompiledPipeline,
  marks: SourceMarks,
  records: readonly ReadLegacy[],
): readonly Remembered[] {
  const asked: Remembered[] = []
  for (const record of records) {
    const legacyKey = keyOfRaw(pipeline, record.value)
    if (legacyKey !== null) asked.push({ ordinal: record.ordinal, legacyKey, source: marks.markOf(record) })
  }
  return asked
}

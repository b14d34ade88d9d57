import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { Batch } from '../target/batch.js'
import type { Remembered } from '../target/untouched.js'
import { countNotes } from './enum-counts.js'
import { inFlight } from './in-flight.js'
import { inSlices } from './in-slices.js'
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
 * then the ledger does not know it by these very fields. With connections to spare it is asked ahead: what this run writes meanwhile takes
 * no row from a record that is still to come, and unsettles none.
 */
export async function* withoutUntouched(
  { context, prepared }: PipelineState,
  pipeline: CompiledPipeline,
  marks: SourceMarks,
  batches: AsyncIterable<readonly ReadLegacy[]>,
): AsyncGenerator<MappedChunk> {
  const { target } = context
  const ask = (asked: readonly Remembered[]) => (batch: Pick<Batch, 'untouched'>) =>
    batch.untouched(pipeline.name, prepared.table, asked)
  const ahead = target.asides()
  const answered = inFlight(
    readAhead(marked(context.profiler, pipeline, marks, batches)),
    ahead + 1,
    async (batch) => ({
      ...batch,
      // What a connection beside has no answer to is asked again, and told if it fails once more.
      known: ahead === 0 ? undefined : await target.aside(ask(batch.asked)).catch(() => undefined),
    }),
  )
  for await (const { records, asked, known: foreknown } of answered) {
    const known = foreknown ?? (await target.inBatch(ask(asked)))
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
  const ask = (slice: readonly ReadLegacy[]) =>
    timed(profiler, 'encode', () => askedOf(pipeline, marks, slice))
  for await (const records of batches) yield { records, asked: (await inSlices(records, ask)).flat() }
}

function askedOf(
  pipeline: CompiledPipeline,
  marks: SourceMarks,
  records: readonly ReadLegacy[],
): Remembered[] {
  const asked: Remembered[] = []
  for (const record of records) {
    const legacyKey = keyOfRaw(pipeline, record.value)
    if (legacyKey !== null) asked.push({ ordinal: record.ordinal, legacyKey, source: marks.markOf(record) })
  }
  return asked
}

import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { mapChunk, type MappedChunk } from './map-chunk.js'
import type { Profiler } from './profiler.js'
import type { ReadLegacy } from './records.js'
import { timed } from './timed.js'

/** Mapped batches of about `batchRecords` records, in the order of the source. */
export async function* mapBatches(
  pipeline: CompiledPipeline,
  chunks: AsyncIterable<readonly ReadLegacy[]>,
  batchRecords: number,
  profiler: Profiler,
): AsyncGenerator<MappedChunk> {
  const map = (objects: readonly ReadLegacy[]) =>
    timed(profiler, 'validate and map', () => mapChunk(pipeline, objects))
  let waiting: ReadLegacy[] = []
  for await (const chunk of chunks) {
    waiting = waiting.length === 0 ? [...chunk] : waiting.concat(chunk)
    while (waiting.length >= batchRecords) {
      yield map(waiting.slice(0, batchRecords))
      waiting = waiting.slice(batchRecords)
    }
  }
  if (waiting.length > 0) yield map(waiting)
}

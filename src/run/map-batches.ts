import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { mapChunk, type MappedChunk } from './map-chunk.js'
import type { ReadLegacy } from './records.js'

/** Mapped batches of about `batchRecords` records, in the order of the source. */
export async function* mapBatches(
  pipeline: CompiledPipeline,
  chunks: AsyncIterable<readonly ReadLegacy[]>,
  batchRecords: number,
): AsyncGenerator<MappedChunk> {
  let waiting: ReadLegacy[] = []
  for await (const chunk of chunks) {
    waiting = waiting.length === 0 ? [...chunk] : waiting.concat(chunk)
    while (waiting.length >= batchRecords) {
      yield mapChunk(pipeline, waiting.slice(0, batchRecords))
      waiting = waiting.slice(batchRecords)
    }
  }
  if (waiting.length > 0) yield mapChunk(pipeline, waiting)
}

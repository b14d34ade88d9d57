import type { ReadLegacy } from './records.js'

/** Batches of so many records, in the order of the source. */
export async function* inBatches(
  chunks: AsyncIterable<readonly ReadLegacy[]>,
  batchRecords: number,
): AsyncGenerator<readonly ReadLegacy[]> {
  let waiting: ReadLegacy[] = []
  for await (const chunk of chunks) {
    waiting = waiting.length === 0 ? [...chunk] : waiting.concat(chunk)
    while (waiting.length >= batchRecords) {
      yield waiting.slice(0, batchRecords)
      waiting = waiting.slice(batchRecords)
    }
  }
  if (waiting.length > 0) yield waiting
}

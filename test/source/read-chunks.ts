import type { OpenSource } from '../../src/source/open-source.js'
import type { RawRecord } from '../../src/source/raw-record.js'

/** All chunks of one pass. */
export async function readChunks(source: OpenSource, signal?: AbortSignal): Promise<RawRecord[][]> {
  const chunks: RawRecord[][] = []
  for await (const chunk of source.chunks(signal)) chunks.push(chunk)
  return chunks
}

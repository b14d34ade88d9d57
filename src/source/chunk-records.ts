import { SourceError } from '../errors.js'
import type { RawRecord } from './raw-record.js'
import { throwIfAborted } from './throw-if-aborted.js'

/** How much text the records of a chunk may span, so that a chunk of large records stays small. */
const CHUNK_BYTES = 4 * 1024 * 1024

/**
 * The same records in chunks of at most so many; those before a SourceError are handed out before it is thrown.
 *
 * @throws AbortedError when the signal is aborted
 */
export async function* chunkRecords(
  lists: AsyncIterable<readonly RawRecord[]>,
  { limit, signal }: { limit: number; signal: AbortSignal | undefined },
): AsyncGenerator<RawRecord[], void, undefined> {
  let chunk: RawRecord[] = []
  throwIfAborted(signal)
  try {
    for await (const records of lists) {
      throwIfAborted(signal)
      for (const record of records) {
        if (chunk.length >= limit || spansTooMuch(chunk[0], record)) {
          yield chunk
          throwIfAborted(signal)
          chunk = []
        }
        chunk.push(record)
      }
    }
  } catch (error) {
    if (error instanceof SourceError && chunk.length > 0) yield chunk
    throw error
  }
  if (chunk.length > 0) yield chunk
}

function spansTooMuch(first: RawRecord | undefined, next: RawRecord): boolean {
  if (first?.location === undefined || next.location === undefined) return false
  if (first.location.file !== next.location.file) return true
  return next.location.byte - first.location.byte > CHUNK_BYTES
}

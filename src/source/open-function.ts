import { AbortedError, DefinitionError, SourceError } from '../errors.js'
import { chunkRecords } from './chunk-records.js'
import type { OpenSource } from './open-source.js'
import type { RawRecord } from './raw-record.js'
import { untilAborted } from './until-aborted.js'

const NO_SURROUNDINGS = {}

/** A source over a function of the pipeline; it is called anew for each pass. */
export function openFunction(
  values: () => AsyncIterable<unknown>,
  { chunkRecords: limit }: { chunkRecords: number },
): OpenSource {
  return {
    readThrough: async () => {},
    chunks: (signal) => chunkRecords(numberRecords(values, signal), { limit, signal }),
    files: () => [],
    totalBytes: undefined,
    bytesRead: () => 0,
  }
}

async function* numberRecords(
  values: () => AsyncIterable<unknown>,
  signal: AbortSignal | undefined,
): AsyncGenerator<RawRecord[], void, undefined> {
  let ordinal = 0
  try {
    for await (const value of untilAborted(call(values), signal)) {
      yield [{ ordinal, value, surroundings: NO_SURROUNDINGS, location: undefined }]
      ordinal += 1
    }
  } catch (error) {
    if (error instanceof AbortedError || error instanceof DefinitionError) throw error
    throw new SourceError('source.function_failed', `the source function failed after ${ordinal} records`, {
      hint: 'Run with --verbose to see its own error.',
      cause: error,
    })
  }
}

function call(values: () => AsyncIterable<unknown>): AsyncIterable<unknown> {
  const result: unknown = values()
  if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result) {
    return result as AsyncIterable<unknown>
  }
  throw new DefinitionError(
    'source.not_iterable',
    'a source function must return an AsyncIterable of records',
    {
      hint: 'Write it as a generator: source: async function* () { yield record }',
    },
  )
}

import { SourceError } from '../errors.js'
import type { RawRecord } from '../source/raw-record.js'
import type { PipelineState } from './pipeline-state.js'

/**
 * The chunks of a source. Where the pipeline applies what stands before an error, the error ends them and is kept in the
 * state; otherwise it is thrown.
 */
export async function* untilBroken(
  state: PipelineState,
  chunks: AsyncIterable<RawRecord[]>,
): AsyncGenerator<RawRecord[], void, undefined> {
  try {
    yield* chunks
  } catch (error) {
    const { truncated } = state.prepared.pipeline.limits
    if (!(error instanceof SourceError) || truncated === 'refuse') throw error
    state.fault = error
  }
}

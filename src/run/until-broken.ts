import { SourceError } from '../errors.js'
import type { PipelineState } from './pipeline-state.js'
import type { ReadLegacy } from './records.js'

/**
 * The chunks of a source. Where the pipeline applies what stands before an error, the error ends them and is kept in the
 * state; otherwise it is thrown.
 */
export async function* untilBroken(
  state: PipelineState,
  chunks: AsyncIterable<readonly ReadLegacy[]>,
): AsyncGenerator<readonly ReadLegacy[], void, undefined> {
  try {
    yield* chunks
  } catch (error) {
    const pipeline = state.context.pipelines.get(state.prepared.pipeline.name)
    if (!(error instanceof SourceError) || pipeline?.limits.truncated !== 'apply') throw error
    state.fault = error
  }
}

import type { PipelineState } from './pipeline-state.js'
import type { ReadLegacy } from './records.js'

/** The same chunks of a source that is a function, their records taken down where a plan is to be compared with another. */
export async function* notedRecords(
  { context, prepared }: PipelineState,
  chunks: AsyncIterable<readonly ReadLegacy[]>,
): AsyncGenerator<readonly ReadLegacy[], void, undefined> {
  for await (const chunk of chunks) {
    for (const { value } of chunk) context.decisions?.noteGiven(prepared.pipeline.name, value)
    yield chunk
  }
}

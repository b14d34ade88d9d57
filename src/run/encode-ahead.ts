import { encodeRecord } from './encode-record.js'
import type { MappedChunk } from './map-chunk.js'
import type { PipelineState } from './pipeline-state.js'
import type { MappedLegacy } from './records.js'
import { rememberedRow } from './referred-rows.js'
import { timed } from './timed.js'

/**
 * The same chunks, whose records know what the database will see of them, where that can be told without asking it: this is done
 * while the database is at work on the chunk before.
 */
export async function* encodeAhead(
  state: PipelineState,
  chunks: AsyncIterable<MappedChunk>,
): AsyncGenerator<MappedChunk> {
  for await (const chunk of chunks) {
    yield state.prepared.children.length > 0
      ? chunk
      : timed(state.context.profiler, 'encode', () => withAllTexts(state, chunk))
  }
}

function withAllTexts(state: PipelineState, chunk: MappedChunk): MappedChunk {
  return { ...chunk, mapped: chunk.mapped.map((record) => withTexts(state, record)) }
}

function withTexts({ prepared, resolved }: PipelineState, record: MappedLegacy): MappedLegacy {
  const values = [...record.values]
  for (const { column, legacyKey } of record.references) {
    const parent = prepared.parents.get(column)
    const rowKey = parent && rememberedRow(parent, resolved, legacyKey)
    if (rowKey === undefined) return record
    values[column] = rowKey
  }
  const encoded = encodeRecord(prepared, values)
  return 'reject' in encoded ? record : { ...record, ahead: { values, ...encoded } }
}

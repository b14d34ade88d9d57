import { encodeRecord } from './encode-record.js'
import type { MappedChunk } from './map-chunk.js'
import type { PipelineState } from './pipeline-state.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { Ahead, MappedLegacy } from './records.js'
import { rememberedRows } from './referred-rows.js'
import { timed } from './timed.js'

/**
 * The same chunks, whose records know what the database will see of them, where that can be told without asking it: this is done
 * while the database is at work on the chunk before.
 */
export async function* encodeAhead(
  { prepared, resolved, context }: PipelineState,
  chunks: AsyncIterable<MappedChunk>,
): AsyncGenerator<MappedChunk> {
  for await (const chunk of chunks) {
    if (prepared.children.length > 0) yield chunk
    else yield timed(context.profiler, 'encode', () => withAhead(prepared, resolved, chunk))
  }
}

function withAhead(
  prepared: PreparedPipeline,
  resolved: PipelineState['resolved'],
  chunk: MappedChunk,
): MappedChunk {
  const rows: KnownRows = new Map()
  for (const [column, parent] of prepared.parents) rows.set(column, rememberedRows(parent, resolved))
  const mapped = chunk.mapped.map((record) => ({ ...record, ahead: aheadOf(prepared, rows, record) }))
  return { ...chunk, mapped }
}

/** Column → row keys by what its references ask for. */
type KnownRows = Map<number, ReadonlyMap<string, string> | undefined>

function aheadOf(prepared: PreparedPipeline, rows: KnownRows, record: MappedLegacy): Ahead | undefined {
  const { references } = record
  let values = record.values
  if (references.length > 0) {
    const filled = [...values]
    for (const { column, legacyKey } of references) {
      const rowKey = rows.get(column)?.get(legacyKey)
      if (rowKey === undefined) return undefined
      filled[column] = rowKey
    }
    values = filled
  }
  const encoded = encodeRecord(prepared, values)
  return 'reject' in encoded ? undefined : { values, texts: encoded.texts, fingerprint: encoded.fingerprint }
}

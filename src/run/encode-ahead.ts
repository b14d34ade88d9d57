import { encodeRecord } from './encode-record.js'
import { inSlices } from './in-slices.js'
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
  if (prepared.children.length > 0) {
    yield* chunks
    return
  }
  const encode = (slice: readonly MappedLegacy[]) =>
    timed(context.profiler, 'encode', () => withAhead(prepared, resolved, slice))
  for await (const chunk of chunks) yield { ...chunk, mapped: (await inSlices(chunk.mapped, encode)).flat() }
}

function withAhead(
  prepared: PreparedPipeline,
  resolved: PipelineState['resolved'],
  records: readonly MappedLegacy[],
): MappedLegacy[] {
  const rows: KnownRows = new Map()
  for (const [column, parent] of prepared.parents) rows.set(column, rememberedRows(parent, resolved))
  return records.map((record) => ({ ...record, ahead: aheadOf(prepared, rows, record) }))
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

import { isDeepStrictEqual } from 'node:util'
import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { mapChunk, type MappedChunk } from './map-chunk.js'
import type { ReadLegacy } from './records.js'

/** Columns that come out differently when the same objects are mapped a second time; a pure mapping has none. */
export function impureColumns(
  pipeline: CompiledPipeline,
  objects: readonly ReadLegacy[],
  first: MappedChunk,
): string[] {
  const second = mapChunk(pipeline, objects)
  const byOrdinal = new Map(second.mapped.map((record) => [record.ordinal, record]))
  const impure = new Set<string>()
  for (const record of first.mapped) {
    const twin = byOrdinal.get(record.ordinal)
    pipeline.columns.forEach((column, index) => {
      if (column.timing !== 'always') return
      if (!isDeepStrictEqual(record.values[index], twin?.values[index])) impure.add(column.property)
    })
  }
  return [...impure]
}

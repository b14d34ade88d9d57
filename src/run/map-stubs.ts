import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { mapChunk } from './map-chunk.js'
import type { MappedLegacy, ReadLegacy } from './records.js'

/** Stubs that were mapped as any record, and by legacy key why the others cannot be. */
export interface MappedStubs {
  readonly mapped: readonly MappedLegacy[]
  readonly refused: ReadonlyMap<string, string>
}

/** Makes the records that stand for missing ones, and maps them. */
export function mapStubs(pipeline: CompiledPipeline, keys: readonly string[]): MappedStubs {
  const refused = new Map<string, string>()
  const objects: ReadLegacy[] = []
  keys.forEach((key, ordinal) => {
    try {
      objects.push({ ordinal, location: undefined, surroundings: {}, value: pipeline.stub?.(key) })
    } catch (error) {
      refused.set(key, `its function threw ${(error as Error)?.name ?? 'something'}`)
    }
  })
  const chunk = mapChunk(pipeline, objects)
  const mapped = chunk.mapped.filter((record) => record.legacyKey === keys[record.ordinal])
  for (const { ordinal, reject } of chunk.rejected) {
    const where = reject.column === undefined ? '' : `${reject.column}: `
    refused.set(keys[ordinal] as string, where + reject.message)
  }
  for (const { ordinal, legacyKey } of chunk.mapped)
    if (legacyKey !== keys[ordinal]) refused.set(keys[ordinal] as string, 'it has another legacy key')
  const done = new Set(mapped.map(({ legacyKey }) => legacyKey))
  for (const key of keys)
    if (!done.has(key) && !refused.has(key)) refused.set(key, 'the filter leaves it out')
  return { mapped, refused }
}

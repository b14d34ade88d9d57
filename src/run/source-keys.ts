import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { mapChunk } from './map-chunk.js'
import type { Sources } from './open-sources.js'

/**
 * A function that answers the legacy keys in a pipeline's source, rejected records included and skipped ones left out. The source
 * is read once, when it is asked for first.
 */
export function sourceKeysReader(
  pipelines: ReadonlyMap<string, CompiledPipeline>,
  sources: Sources,
  signal: AbortSignal,
): (pipeline: string) => Promise<ReadonlySet<string>> {
  const known = new Map<string, Promise<ReadonlySet<string>>>()
  return (name) => {
    const keys = known.get(name) ?? readKeys(pipelines.get(name) as CompiledPipeline, sources, signal)
    known.set(name, keys)
    return keys
  }
}

async function readKeys(
  pipeline: CompiledPipeline,
  sources: Sources,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>()
  for await (const chunk of sources.of(pipeline).chunks(signal)) {
    const { mapped, rejected } = mapChunk(pipeline, chunk)
    for (const { legacyKey } of [...mapped, ...rejected]) if (legacyKey !== null) keys.add(legacyKey)
  }
  return keys
}

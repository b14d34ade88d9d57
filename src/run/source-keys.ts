import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { openSource } from '../source/open-source.js'
import { mapChunk } from './map-chunk.js'
import type { Settings } from './settings.js'

/**
 * A function that answers the legacy keys in a pipeline's source, rejected records included and skipped ones left out. The source
 * is read once, when it is asked for first.
 */
export function sourceKeysReader(
  pipelines: ReadonlyMap<string, CompiledPipeline>,
  settings: Settings,
  signal: AbortSignal,
): (pipeline: string) => Promise<ReadonlySet<string>> {
  const known = new Map<string, Promise<ReadonlySet<string>>>()
  return (name) => {
    const keys = known.get(name) ?? readKeys(pipelines.get(name) as CompiledPipeline, settings, signal)
    known.set(name, keys)
    return keys
  }
}

async function readKeys(
  pipeline: CompiledPipeline,
  settings: Settings,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const source = await openSource(pipeline.source, { baseDir: pipeline.dir, displayDir: settings.cwd })
  const keys = new Set<string>()
  for await (const chunk of source.chunks(signal)) {
    const { mapped, rejected } = mapChunk(pipeline, chunk)
    for (const { legacyKey } of [...mapped, ...rejected]) if (legacyKey !== null) keys.add(legacyKey)
  }
  return keys
}

import { UsageError } from '../errors.js'
import type { CompiledPipeline } from './compiled-pipeline.js'

/**
 * The pipelines named and those they refer to, in the order given; all of them when none is named.
 * @throws UsageError `usage.no_such_pipeline`
 */
export function selectPipelines(
  ordered: readonly CompiledPipeline[],
  names: readonly string[],
): CompiledPipeline[] {
  if (names.length === 0) return [...ordered]
  const byName = new Map(ordered.map((pipeline) => [pipeline.name, pipeline]))
  const wanted = new Set<string>()
  const want = (name: string): void => {
    if (wanted.has(name)) return
    wanted.add(name)
    for (const needed of byName.get(name)?.needs ?? []) want(needed)
  }
  for (const name of names) {
    if (!byName.has(name)) {
      throw new UsageError('usage.no_such_pipeline', `There is no pipeline ${name}.`, {
        hint: `There are ${[...byName.keys()].toSorted().join(', ')}.`,
      })
    }
    want(name)
  }
  return ordered.filter((pipeline) => wanted.has(pipeline.name))
}

import type { CompiledColumn, CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { Settings } from './settings.js'

/** True for a column whose values no report shows: it is `sensitive`, and nobody asked for values. */
export function isHidden(
  pipeline: Pick<CompiledPipeline, 'name'>,
  column: Pick<CompiledColumn, 'name' | 'property'>,
  { sensitive, showValues }: Pick<Settings, 'sensitive' | 'showValues'>,
): boolean {
  const names = [`${pipeline.name}.${column.property}`, `${pipeline.name}.${column.name}`]
  return !showValues && names.some((name) => sensitive.has(name))
}

import type { CompiledColumn, CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { Settings } from './settings.js'

/** True for a column whose values no report shows: it is `sensitive`, and nobody asked for values. */
export function isHidden(
  pipeline: Pick<CompiledPipeline, 'name'>,
  column: Pick<CompiledColumn, 'name' | 'property'>,
  { sensitive, showValues }: Pick<Settings, 'sensitive' | 'showValues'>,
): boolean {
  return !showValues && isSensitive(pipeline, column, sensitive)
}

/** True for a column that `sensitive` names, by its property or as the database calls it. */
export function isSensitive(
  pipeline: Pick<CompiledPipeline, 'name'>,
  column: Pick<CompiledColumn, 'name' | 'property'>,
  sensitive: Settings['sensitive'],
): boolean {
  return [column.property, column.name].some((name) => sensitive.has(`${pipeline.name}.${name}`))
}

import type { ReferenceRule } from '../record/column.js'

/**
 * The pipeline a reference names, undefined for a reference to a table; its pipeline may be given as itself, lazily or by
 * name.
 */
export function referredPipeline({ pipeline }: ReferenceRule): string | undefined {
  if (pipeline === undefined || typeof pipeline === 'string') return pipeline
  return typeof pipeline === 'function' ? pipeline().name : pipeline.name
}

import type { ColumnRule } from '../record/column.js'

/** The pipeline a reference names; its pipeline may be given as itself, lazily or by name. */
export function referredPipeline(rule: Extract<ColumnRule, { kind: 'reference' }>): string {
  const { pipeline } = rule
  if (typeof pipeline === 'string') return pipeline
  return typeof pipeline === 'function' ? pipeline().name : pipeline.name
}

import type { PreparedPipeline } from './prepared-pipeline.js'

/** The same pipeline for which no stubs are made: a missing reference is one. */
export function withoutStubs(prepared: PreparedPipeline): PreparedPipeline {
  const parents = new Map(
    [...prepared.parents].map(([column, parent]) => [
      column,
      parent.missing === 'stub' ? { ...parent, missing: 'reject' as const } : parent,
    ]),
  )
  return { ...prepared, parents }
}

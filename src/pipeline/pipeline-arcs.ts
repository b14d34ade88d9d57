import { getTableColumns } from 'drizzle-orm'
import { withDescendants } from './compile-children.js'
import type { CompiledPipeline } from './compiled-pipeline.js'
import { referredPipeline } from './referred-pipeline.js'

/** A reference of one pipeline to another one. */
export interface PipelineArc {
  readonly from: string
  readonly property: string
  readonly to: string
  /** The column may be null until what it refers to is there. */
  readonly nullable: boolean
}

/** The references of pipelines to others, by name. */
export function pipelineArcs(pipelines: readonly CompiledPipeline[]): PipelineArc[] {
  return pipelines
    .flatMap(({ name, target, columns, children }) => {
      const table = getTableColumns(target)
      const own = columns.flatMap(({ property, rule }): PipelineArc[] => {
        const to = rule.kind === 'reference' ? referredPipeline(rule) : undefined
        if (to === undefined || to === name) return []
        return [{ from: name, property, to, nullable: table[property]?.notNull === false }]
      })
      // A child is written with its record, once.
      const below = withDescendants(children).flatMap((child) =>
        child.columns.flatMap(({ property, rule }): PipelineArc[] => {
          const to = rule.kind === 'reference' ? referredPipeline(rule) : undefined
          if (to === undefined || to === name) return []
          return [{ from: name, property: `${child.label}.${property}`, to, nullable: false }]
        }),
      )
      return [...own, ...below]
    })
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}

/** `departments.managerId` */
export function nameOf({ from, property }: PipelineArc): string {
  return `${from}.${property}`
}

import type { CompiledPipeline } from './compiled-pipeline.js'
import type { DefinitionProblem } from './problem.js'
import { referredPipeline } from './referred-pipeline.js'

/** References that ask for a stub where none can be made. */
export function stubProblems(pipelines: readonly CompiledPipeline[]): DefinitionProblem[] {
  const byName = new Map(pipelines.map((pipeline) => [pipeline.name, pipeline]))
  return pipelines.flatMap(({ name, file, columns }) =>
    columns.flatMap(({ property, rule }): DefinitionProblem[] => {
      if (rule.kind !== 'reference' || rule.missing !== 'stub') return []
      const to = byName.get(referredPipeline(rule))
      if (to === undefined || (to.stub !== undefined && rule.by === undefined)) return []
      const reason =
        to.stub === undefined
          ? `the pipeline ${to.name} does not say what stands for a missing record`
          : 'it looks up a column, and a stub is made from a legacy key'
      return [
        {
          severity: 'error',
          code: 'pipeline.no_stub',
          message: `${name}.${property} asks for a stub, but ${reason}.`,
          hint: `Give ${to.name} a function \`stub\` that answers such a record, and refer to it by its legacy key; or say \`missing: 'null'\`.`,
          pipeline: name,
          file,
        },
      ]
    }),
  )
}

import { referenceGroups } from '../record/reference-groups.js'
import type { CompiledPipeline } from './compiled-pipeline.js'
import { pipelineArcs } from './pipeline-arcs.js'
import type { DefinitionProblem } from './problem.js'

/**
 * Pipelines that ask to be rolled back alone and stand in a circle of references: the second pass, which fills the columns that
 * were left open, comes when the other pipelines have run.
 */
export function atomicProblems(pipelines: readonly CompiledPipeline[]): DefinitionProblem[] {
  const names = pipelines.map(({ name }) => name)
  const arcs = pipelineArcs(pipelines)
  const groups = referenceGroups(names, (name) =>
    arcs.filter(({ from }) => from === name).flatMap(({ to }) => names.filter((one) => one === to)),
  )
  return groups.flatMap(({ members }) =>
    pipelines
      .filter(({ name, policies }) => members.includes(name) && policies.atomic === 'pipeline')
      .flatMap(({ name, file }): DefinitionProblem[] => {
        const others = members.filter((member) => member !== name)
        if (others.length === 0) return []
        return [
          {
            severity: 'error',
            code: 'pipeline.atomic_circle',
            message: `${name} is to be rolled back alone, but it and ${others.join(', ')} refer to each other in a circle, which is closed when all of them have run.`,
            hint: "Say `atomic: 'run'` instead of `atomic: 'pipeline'`.",
            pipeline: name,
            file,
          },
        ]
      }),
  )
}

import type { CompiledPipeline } from './compiled-pipeline.js'
import type { DefinitionProblem } from './problem.js'

/** Pipelines such that each comes after those it refers to (otherwise by name), and what stands in the way. */
export function orderPipelines(pipelines: readonly CompiledPipeline[]): {
  ordered: CompiledPipeline[]
  problems: DefinitionProblem[]
} {
  const byName = new Map(pipelines.map((pipeline) => [pipeline.name, pipeline]))
  const ordered: CompiledPipeline[] = []
  const problems: DefinitionProblem[] = []
  const done = new Set<string>()
  const visit = (pipeline: CompiledPipeline, path: readonly string[]): void => {
    if (done.has(pipeline.name)) return
    if (path.includes(pipeline.name)) {
      const cycle = [...path.slice(path.indexOf(pipeline.name)), pipeline.name]
      problems.push({
        severity: 'error',
        code: 'pipeline.cycle',
        message: `These pipelines refer to each other in a circle: ${cycle.join(' → ')}.`,
        hint: 'Break the circle: leave one of the references out and fill it by a pipeline of its own.',
        pipeline: pipeline.name,
        file: pipeline.file,
      })
      done.add(pipeline.name)
      return
    }
    for (const name of [...pipeline.needs].toSorted()) {
      const needed = byName.get(name)
      if (needed !== undefined) visit(needed, [...path, pipeline.name])
      else {
        problems.push({
          severity: 'error',
          code: 'pipeline.unknown_reference',
          message: `${pipeline.name} refers to the pipeline ${name}, which does not exist.`,
          hint: `There are ${[...byName.keys()].toSorted().join(', ')}.`,
          pipeline: pipeline.name,
          file: pipeline.file,
        })
      }
    }
    if (!done.has(pipeline.name)) {
      done.add(pipeline.name)
      ordered.push(pipeline)
    }
  }
  for (const pipeline of [...pipelines].toSorted((a, b) => (a.name < b.name ? -1 : 1))) visit(pipeline, [])
  return { ordered, problems }
}

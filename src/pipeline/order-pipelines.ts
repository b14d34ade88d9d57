import { referenceGroups } from '../record/reference-groups.js'
import type { CompiledPipeline } from './compiled-pipeline.js'
import { cutCircles, describeCircle } from './cut-circles.js'
import { pipelineArcs, type PipelineArc } from './pipeline-arcs.js'
import type { DefinitionProblem } from './problem.js'

/**
 * Pipelines such that each comes after those it refers to (otherwise by name), and what stands in the way. A circle is opened
 * at columns that may be null: these references are late.
 */
export function orderPipelines(pipelines: readonly CompiledPipeline[]): {
  ordered: CompiledPipeline[]
  problems: DefinitionProblem[]
} {
  const byName = new Map(pipelines.map((pipeline) => [pipeline.name, pipeline]))
  const names = [...byName.keys()].toSorted()
  const all = pipelineArcs(pipelines)
  const arcs = all.filter(({ to }) => byName.has(to))
  const problems = all.filter(({ to }) => !byName.has(to)).map((arc) => unknownReference(arc, byName))
  const cut = cutCircles(names, arcs)
  if ('circle' in cut) problems.push(closedCircle(cut.circle, byName))
  const late = new Set('late' in cut ? cut.late : [])
  const early = arcs.filter((arc) => !late.has(arc))
  const groups = referenceGroups(names, (name) =>
    early
      .filter(({ from }) => from === name)
      .map(({ to }) => to)
      .toSorted(),
  )
  const ordered = groups
    .flatMap(({ members }) => members)
    .map((name) => withLate(byName.get(name) as CompiledPipeline, [...late]))
  return { ordered, problems }
}

function withLate(pipeline: CompiledPipeline, late: readonly PipelineArc[]): CompiledPipeline {
  const own = late.filter(({ from }) => from === pipeline.name).map(({ property }) => property)
  return { ...pipeline, late: own }
}

function unknownReference(
  { from, to }: PipelineArc,
  byName: ReadonlyMap<string, CompiledPipeline>,
): DefinitionProblem {
  return {
    severity: 'error',
    code: 'pipeline.unknown_reference',
    message: `${from} refers to the pipeline ${to}, which does not exist.`,
    hint: `There are ${[...byName.keys()].toSorted().join(', ')}.`,
    pipeline: from,
    file: byName.get(from)?.file ?? '',
  }
}

function closedCircle(
  circle: readonly PipelineArc[],
  byName: ReadonlyMap<string, CompiledPipeline>,
): DefinitionProblem {
  const from = circle[0]?.from ?? ''
  return {
    severity: 'error',
    code: 'pipeline.cycle',
    message: `These references lead in a circle, and none of their columns may be null: ${describeCircle(circle)}.`,
    hint: 'Let one of the columns be null: it is then filled by a second pass. Or leave one of the references out and fill it by a pipeline of its own.',
    pipeline: from,
    file: byName.get(from)?.file ?? '',
  }
}

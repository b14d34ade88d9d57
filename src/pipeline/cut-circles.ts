import { referenceGroups } from '../record/reference-groups.js'
import { nameOf, type PipelineArc } from './pipeline-arcs.js'

/** The references that are resolved late so that no circle is left, or a circle that cannot be opened. */
export type Cut = { readonly late: readonly PipelineArc[] } | { readonly circle: readonly PipelineArc[] }

/** Opens the circles of references at columns that may be null: at as few as possible, otherwise at the first by name. */
export function cutCircles(names: readonly string[], arcs: readonly PipelineArc[]): Cut {
  const required = circlesOf(
    names,
    arcs.filter((arc) => !arc.nullable),
  ).flat()
  const [closed] = required
  if (closed !== undefined) return { circle: wayRound(closed, required) }
  return { late: circlesOf(names, arcs).flatMap((circle) => fewestCuts(names, circle)) }
}

function fewestCuts(names: readonly string[], circle: readonly PipelineArc[]): readonly PipelineArc[] {
  const nullable = circle.filter((arc) => arc.nullable)
  for (let count = 1; count < nullable.length; count += 1) {
    for (const late of choices(nullable, count)) {
      const left = circle.filter((arc) => !late.includes(arc))
      if (circlesOf(names, left).length === 0) return late
    }
  }
  return nullable
}

/** The references that lead in a circle, those of each circle together. */
function circlesOf(names: readonly string[], arcs: readonly PipelineArc[]): PipelineArc[][] {
  const groups = referenceGroups(names, (name) =>
    arcs.filter(({ from }) => from === name).map(({ to }) => to),
  )
  return groups
    .filter(({ circle }) => circle)
    .map(({ members }) => arcs.filter(({ from, to }) => members.includes(from) && members.includes(to)))
}

/** Every choice of `count` items, in their order. */
function* choices<Item>(items: readonly Item[], count: number): Generator<Item[]> {
  if (count === 0) yield []
  else {
    for (const [index, item] of items.entries()) {
      for (const rest of choices(items.slice(index + 1), count - 1)) yield [item, ...rest]
    }
  }
}

/** The shortest way from the end of `first` back to its beginning, `first` included. */
function wayRound(first: PipelineArc, arcs: readonly PipelineArc[]): PipelineArc[] {
  const ways = [[first]]
  const seen = new Set<string>()
  for (const way of ways) {
    const end = (way.at(-1) as PipelineArc).to
    if (end === first.from) return way
    if (seen.has(end)) continue
    seen.add(end)
    for (const arc of arcs) if (arc.from === end) ways.push([...way, arc])
  }
  return [first]
}

/** `departments.managerId → employees.departmentId → departments` */
export function describeCircle(circle: readonly PipelineArc[]): string {
  return [...circle.map(nameOf), circle.at(-1)?.to].join(' → ')
}

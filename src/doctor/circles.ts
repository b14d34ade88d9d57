import type { SurveyedForeignKey, SurveyedTable } from '../target/survey.js'

/** A foreign key and the table it belongs to. */
export interface Link {
  readonly table: SurveyedTable
  readonly key: SurveyedForeignKey
}

/** The tables that can be reached from each other along foreign keys, circle by circle, sorted by name. */
export function circlesOf(links: readonly Link[]): string[][] {
  const next = new Map<string, Set<string>>()
  for (const { table, key } of links) {
    next.set(table.name, (next.get(table.name) ?? new Set()).add(key.parent))
  }
  const reached = new Map([...next.keys()].map((name) => [name, reachedFrom(name, next)]))
  const circles: string[][] = []
  for (const name of [...next.keys()].toSorted()) {
    if (reached.get(name)?.has(name) !== true || circles.some((circle) => circle.includes(name))) continue
    const back = [...(reached.get(name) ?? [])].filter((other) => reached.get(other)?.has(name) === true)
    circles.push(back.toSorted())
  }
  return circles
}

function reachedFrom(start: string, next: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const reached = new Set<string>()
  const waiting = [...(next.get(start) ?? [])]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    waiting.push(...(next.get(name) ?? []))
  }
  return reached
}

/** The links between tables of a circle. */
export function linksWithin(circle: readonly string[], links: readonly Link[]): Link[] {
  return links.filter(({ table, key }) => circle.includes(table.name) && circle.includes(key.parent))
}

/** Links without which no circle is left: one where one is enough. */
export function linksToOpen(links: readonly Link[]): Link[] {
  const opened: Link[] = []
  let kept = [...links]
  for (let [circle] = circlesOf(kept); circle !== undefined; [circle] = circlesOf(kept)) {
    const candidates = linksWithin(circle, kept)
    const isEnough = (link: Link) => circlesOf(kept.filter((other) => other !== link)).length === 0
    const chosen = candidates.find(isEnough) ?? candidates[0]
    if (chosen === undefined) break
    opened.push(chosen)
    kept = kept.filter((link) => link !== chosen)
  }
  return opened
}

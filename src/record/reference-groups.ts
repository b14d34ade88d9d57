/** Things that refer to each other in a circle, directly or over others; or one thing alone. */
export interface ReferenceGroup<Item> {
  readonly members: readonly Item[]
  /** The members refer to each other in a circle; for one alone: it refers to itself. */
  readonly circle: boolean
}

interface Visit<Item> {
  readonly item: Item
  readonly targets: readonly Item[]
  next: number
}

/**
 * Groups such that each comes after those it refers to; what refers to each other in a circle stands together. Otherwise the
 * order is the one given.
 *
 * Source: R. Tarjan, "Depth-first search and linear graph algorithms", 1972; with a stack of its own, since chains of legacy
 * data may be deeper than the stack of calls.
 */
export function referenceGroups<Item>(
  items: readonly Item[],
  refersTo: (item: Item) => readonly Item[],
): ReferenceGroup<Item>[] {
  const groups: ReferenceGroup<Item>[] = []
  const numbers = new Map<Item, number>()
  const lows = new Map<Item, number>()
  const open: Item[] = []
  const isOpen = new Set<Item>()
  const lower = (item: Item, number: number) => lows.set(item, Math.min(lows.get(item) ?? number, number))

  const begin = (item: Item): Visit<Item> => {
    numbers.set(item, numbers.size)
    lower(item, numbers.size - 1)
    open.push(item)
    isOpen.add(item)
    return { item, targets: refersTo(item), next: 0 }
  }

  const close = (item: Item, targets: readonly Item[]): void => {
    const members = open.splice(open.lastIndexOf(item))
    for (const member of members) isOpen.delete(member)
    groups.push({ members, circle: members.length > 1 || targets.includes(item) })
  }

  for (const root of items) {
    if (numbers.has(root)) continue
    const path = [begin(root)]
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const target = visit.targets[visit.next]
      visit.next += 1
      if (target !== undefined) {
        const number = numbers.get(target)
        if (number === undefined) path.push(begin(target))
        else if (isOpen.has(target)) lower(visit.item, number)
        continue
      }
      path.pop()
      const low = lows.get(visit.item) as number
      const parent = path.at(-1)
      if (parent !== undefined) lower(parent.item, low)
      if (low === numbers.get(visit.item)) close(visit.item, visit.targets)
    }
  }
  return groups
}

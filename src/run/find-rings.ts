/** A record that waits for values that rows of others hold, while its own row holds values too. */
export interface Mover {
  readonly ordinal: number
  /** Its own row. */
  readonly rowKey: string
  /** Values that it is to have, and the rows that hold them. */
  readonly wants: readonly { readonly key: string; readonly rowKey: string }[]
  /** Unique keys whose values its row keeps. */
  readonly keeps: ReadonlySet<string>
}

/**
 * Sets of records that take each other's values, and nothing of anybody else: none of them can go first, all of them can go at
 * once. In the order of their first records.
 */
export function findRings<Item extends Mover>(movers: readonly Item[]): Item[][] {
  const byRow = new Map(movers.map((mover) => [mover.rowKey, mover]))
  const next = (mover: Item) =>
    mover.wants.flatMap(({ rowKey }) => {
      const holder = byRow.get(rowKey)
      return holder === undefined ? [] : [holder]
    })
  const isClosed = (ring: readonly Item[]) => {
    const rows = new Map(ring.map((mover) => [mover.rowKey, mover]))
    return ring.every((mover) =>
      mover.wants.every(({ rowKey, key }) => rows.get(rowKey)?.keeps.has(key) === false),
    )
  }
  return circles(movers, next)
    .filter((ring) => ring.length > 1 && isClosed(ring))
    .map((ring) => ring.toSorted((a, b) => a.ordinal - b.ordinal))
    .toSorted((a, b) => (a[0] as Item).ordinal - (b[0] as Item).ordinal)
}

/** Strongly connected components, by Tarjan's algorithm; without recursion, since a chain may be as long as the source. */
function circles<Item>(items: readonly Item[], next: (item: Item) => readonly Item[]): Item[][] {
  const index = new Map<Item, number>()
  const lowest = new Map<Item, number>()
  const path: Item[] = []
  const onPath = new Set<Item>()
  const found: Item[][] = []
  const lower = (item: Item, value: number) => lowest.set(item, Math.min(lowest.get(item) ?? value, value))
  for (const root of items) {
    if (index.has(root)) continue
    const calls = [enter(root)]
    for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
      const successor = call.successors[call.at++]
      if (successor === undefined) {
        calls.pop()
        const parent = calls.at(-1)
        if (parent !== undefined) lower(parent.item, lowest.get(call.item) as number)
        if (lowest.get(call.item) === index.get(call.item)) found.push(leave(call.item))
      } else if (!index.has(successor)) calls.push(enter(successor))
      else if (onPath.has(successor)) lower(call.item, index.get(successor) as number)
    }
  }
  return found

  function enter(item: Item): { item: Item; successors: readonly Item[]; at: number } {
    index.set(item, index.size)
    lower(item, index.get(item) as number)
    path.push(item)
    onPath.add(item)
    return { item, successors: next(item), at: 0 }
  }

  function leave(item: Item): Item[] {
    const circle = path.splice(path.lastIndexOf(item))
    for (const member of circle) onPath.delete(member)
    return circle
  }
}

/** Records in such an order that whoever holds a value goes before those that want it; within a circle, and else, as they are given. */
export function orderByNeed<Item>(items: readonly Item[], needs: (item: Item) => readonly Item[]): Item[] {
  const ordered: Item[] = []
  const entered = new Set<Item>()
  for (const root of items) {
    const path = entered.has(root) ? [] : [enter(root)]
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const need = step.needs[step.at++]
      if (need === undefined) {
        ordered.push(step.item)
        path.pop()
      } else if (!entered.has(need)) path.push(enter(need))
    }
  }
  return ordered

  function enter(item: Item): { item: Item; needs: readonly Item[]; at: number } {
    entered.add(item)
    return { item, needs: needs(item), at: 0 }
  }
}

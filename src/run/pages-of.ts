/** The items in pieces of so many, in their order: `[1, 2, 3]` by 2 → `[1, 2]`, `[3]`. */
export function* pagesOf<Item>(items: readonly Item[], size: number): Generator<Item[], void, undefined> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}

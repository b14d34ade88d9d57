/** What `work` makes of each item, in their order; so many are under way at the same time. */
export async function* inFlight<Item, Made>(
  items: AsyncIterable<Item>,
  most: number,
  work: (item: Item) => Promise<Made>,
): AsyncGenerator<Made> {
  const under: Promise<Made>[] = []
  try {
    for await (const item of items) {
      const made = work(item)
      // A failure while nobody waits yet is thrown when its turn comes.
      made.catch(() => undefined)
      under.push(made)
      if (under.length >= most) yield await (under.shift() as Promise<Made>)
    }
    for (const made of under.splice(0)) yield await made
  } finally {
    await Promise.allSettled(under)
  }
}

import { setImmediate } from 'node:timers/promises'

/** So many records take about a millisecond. */
const sliceItems = 16

/**
 * What `work` makes of items, a slice of them at a time. Between two slices what the process has waited for has its turn: an answer
 * of the database is used at once, and the database is never idle because of what is made ready for later.
 */
export async function inSlices<Item, Made>(
  items: readonly Item[],
  work: (slice: readonly Item[]) => Made,
): Promise<Made[]> {
  const made: Made[] = []
  for (let from = 0; from < items.length; from += sliceItems) {
    if (from > 0) await setImmediate()
    made.push(work(items.slice(from, from + sliceItems)))
  }
  return made
}

/** More different values than this, and a field is no enum. */
const MOST_VALUES = 50
/** A longer text is no name of a value. */
const LONGEST = 40

/** How often each value of a field occurs, as long as they are few and short. */
export class ValueCounts {
  #counts: Map<string, number> | undefined = new Map()

  add(text: string): void {
    const counts = this.#counts
    if (counts === undefined) return
    const before = counts.get(text)
    if (before === undefined && (counts.size >= MOST_VALUES || text.length > LONGEST)) {
      this.#counts = undefined
      return
    }
    counts.set(text, (before ?? 0) + 1)
  }

  /** Value → how often; undefined when there are too many, or one is too long. */
  get counts(): ReadonlyMap<string, number> | undefined {
    return this.#counts
  }
}

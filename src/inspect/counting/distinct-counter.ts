import { HashSet } from './hash-set.js'
import { HyperLogLog } from './hyper-log-log.js'
import type { MemoryBudget } from './memory-budget.js'

/** Up to here every counter is exact, also one whose values come again and again. */
const ALWAYS_EXACT = 65_536

/** Hashes kept of a counter that gave up being exact, to look them up elsewhere. */
const SAMPLE = 1_024

/** How many different values there were: counted, or estimated. */
export interface DistinctCount {
  count: number
  exact: boolean
}

/**
 * Counts different hashes: exactly while most of them are new and the budget has room (8 to 12 bytes for each), by
 * HyperLogLog from then on.
 */
export class DistinctCounter {
  #added = 0
  #set: HashSet | undefined
  #sketch: HyperLogLog | undefined
  #sample: readonly number[] = []

  constructor(budget: MemoryBudget, set: HashSet = new HashSet(budget)) {
    this.#set = set
  }

  add(hash: number): void {
    this.#added += 1
    if (this.#set === undefined) {
      this.#sketch?.add(hash)
      return
    }
    if (this.#set.isFull && !this.#set.has(hash) && !this.#makeRoom(this.#set)) {
      this.#giveUp(this.#set)
      this.#sketch?.add(hash)
      return
    }
    this.#set.add(hash)
  }

  get distinct(): DistinctCount {
    if (this.#set !== undefined) return { count: this.#set.size, exact: true }
    return { count: Math.min(this.#sketch?.estimate() ?? 0, this.#added), exact: false }
  }

  /** Every hash, while the count is exact. */
  get hashes(): HashSet | undefined {
    return this.#set
  }

  /** All hashes, or some of them when there are too many. */
  get sample(): Iterable<number> {
    return this.#set ?? this.#sample
  }

  /** Gives back what it holds beyond the count. */
  release(): void {
    if (this.#set !== undefined && this.#set.size > SAMPLE) this.#giveUp(this.#set)
  }

  #makeRoom(set: HashSet): boolean {
    const isWorthIt = set.size < ALWAYS_EXACT || set.size * 2 > this.#added
    return isWorthIt && set.grow()
  }

  #giveUp(set: HashSet): void {
    const sketch = new HyperLogLog()
    const sample: number[] = []
    for (const hash of set) {
      sketch.add(hash)
      if (sample.length < SAMPLE) sample.push(hash)
    }
    set.release()
    this.#set = undefined
    this.#sketch = sketch
    this.#sample = sample
  }
}

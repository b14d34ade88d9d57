import { DistinctCounter, type DistinctCount } from './distinct-counter.js'
import type { MemoryBudget } from './memory-budget.js'

/** After so many values a field that repeats a fifth of them is no key, and how it repeats them is not counted. */
const TRIAL = 10_000
const REPEATS = 0.2

/** How many values came, and how many of them were there before. */
export interface Duplicates {
  distinct: DistinctCount
  /** Values that are exactly another one. */
  duplicates: number
  /** Values that are another one when case and spaces at the ends do not count; undefined when that was not counted. */
  folded: { count: number; exact: boolean } | undefined
}

/** Counts the different values of a field twice: as they are, and without case and spaces at the ends. */
export class IdentityCounter {
  values = 0
  readonly asWritten: DistinctCounter
  readonly #budget: MemoryBudget
  /** Made from the other when the first value comes that is not its own folded form. */
  #folded: DistinctCounter | undefined
  #isFolding = true

  constructor(budget: MemoryBudget) {
    this.#budget = budget
    this.asWritten = new DistinctCounter(budget)
  }

  /** True while it matters what a value is without case and spaces. */
  get isFolding(): boolean {
    return this.#isFolding
  }

  /** @param folded the hash of the value without case and spaces; only asked for while `isFolding` */
  add(hash: number, folded: number): void {
    this.values += 1
    if (this.#isFolding) this.#addFolded(hash, folded)
    this.asWritten.add(hash)
    if (this.values === TRIAL && this.asWritten.distinct.count < TRIAL * (1 - REPEATS)) this.#stopFolding()
  }

  get result(): Duplicates {
    const { distinct } = this.asWritten
    const folded = (this.#folded ?? this.asWritten).distinct
    return {
      distinct,
      duplicates: this.values - distinct.count,
      folded: this.#isFolding ? { count: this.values - folded.count, exact: folded.exact } : undefined,
    }
  }

  /** Gives back what only keys need. */
  release(): void {
    this.#stopFolding()
    this.asWritten.release()
  }

  /** Gives back what is not needed once the duplicates have been counted. */
  releaseFolded(): void {
    this.#folded?.release()
  }

  #addFolded(hash: number, folded: number): void {
    if (this.#folded === undefined && folded !== hash) {
      const copy = this.asWritten.hashes?.copy()
      if (copy === undefined) this.#isFolding = false
      else this.#folded = new DistinctCounter(this.#budget, copy)
    }
    this.#folded?.add(folded)
  }

  #stopFolding(): void {
    this.#isFolding = false
    this.#folded?.release()
    this.#folded = undefined
  }
}

import type { MemoryBudget } from './memory-budget.js'

const FIRST_SLOTS = 16
const SLOT_BYTES = 8
/** Two slots of three are used before the table grows: fuller ones are searched for long. */
const FULLEST = 2 / 3

/**
 * A set of 53-bit hashes, 8 bytes a slot in one array: a `Set` of numbers takes some 40 bytes for each.
 * Whoever fills it asks `isFull` first, and lets it grow as far as the budget goes.
 */
export class HashSet {
  #slots = new Float64Array(FIRST_SLOTS)
  #size = 0
  readonly #budget: MemoryBudget

  constructor(budget: MemoryBudget) {
    this.#budget = budget
  }

  get size(): number {
    return this.#size
  }

  get isFull(): boolean {
    return this.#size >= this.#slots.length * FULLEST
  }

  has(hash: number): boolean {
    return this.#slots[this.#slotOf(hash)] !== 0
  }

  /** False when it was there before. */
  add(hash: number): boolean {
    const slot = this.#slotOf(hash)
    if (this.#slots[slot] !== 0) return false
    this.#slots[slot] = hash === 0 ? 1 : hash
    this.#size += 1
    return true
  }

  /** Makes room; false when the budget has none. */
  grow(): boolean {
    const before = this.#slots
    if (!this.#budget.take(before.length * SLOT_BYTES)) return false
    this.#slots = new Float64Array(before.length * 2)
    this.#size = 0
    for (const hash of before) if (hash !== 0) this.add(hash)
    return true
  }

  /** The same set once more, undefined when the budget has no room for it. */
  copy(): HashSet | undefined {
    if (!this.#budget.take(this.#slots.length * SLOT_BYTES)) return undefined
    const copy = new HashSet(this.#budget)
    copy.#slots = this.#slots.slice()
    copy.#size = this.#size
    return copy
  }

  /** Gives its memory back; the set is empty afterwards. */
  release(): void {
    this.#budget.give((this.#slots.length - FIRST_SLOTS) * SLOT_BYTES)
    this.#slots = new Float64Array(FIRST_SLOTS)
    this.#size = 0
  }

  *[Symbol.iterator](): Generator<number, void, undefined> {
    for (const hash of this.#slots) if (hash !== 0) yield hash
  }

  /** Where the hash stands, or where it would be put. Zero marks an empty slot and is kept as 1. */
  #slotOf(hash: number): number {
    const wanted = hash === 0 ? 1 : hash
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = (wanted >>> 0) & mask
    while (slots[slot] !== 0 && slots[slot] !== wanted) slot = (slot + 1) & mask
    return slot
  }
}

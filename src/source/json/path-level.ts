import type { SourceLocation } from '../../errors.js'

const KEYS_SHOWN = 10
const KEY_LENGTH_SHOWN = 60

/** A container on the way to the records, or the one that holds them, while the scanner is inside. */
export class PathLevel {
  readonly isArray: boolean
  /** Where it begins. */
  readonly location: SourceLocation
  /** The key or the index (as text) of the entry at hand. */
  key = ''
  /** True once the step to the next level was met. */
  isMet = false
  #entries = 0
  readonly #keys: string[] = []

  constructor(isArray: boolean, location: SourceLocation) {
    this.isArray = isArray
    this.location = location
  }

  /** Goes on to the next entry of an object. */
  enterKey(key: string): void {
    this.key = key
    this.#entries += 1
    if (this.#keys.length < KEYS_SHOWN) this.#keys.push(key)
  }

  /** Goes on to the next entry of an array. */
  enterNext(): void {
    this.key = String(this.#entries)
    this.#entries += 1
  }

  /** What was in it, for a message: `an object with the keys "a", "b" and 3 more`. */
  describe(): string {
    if (this.isArray) return `an array of ${this.#entries} elements`
    if (this.#entries === 0) return 'an empty object'
    const shown = this.#keys.map((key) => JSON.stringify(key.slice(0, KEY_LENGTH_SHOWN))).join(', ')
    const more = this.#entries - this.#keys.length
    return `an object with the keys ${shown}${more > 0 ? ` and ${more} more` : ''}`
  }
}

/** Known by a registered symbol, because a pipeline file may load a copy of carryover of its own. */
const brand = Symbol.for('carryover.written-number')

/**
 * A number of a source that a JavaScript number would change, as it was written: `1e400`, `0.10000000000000000001`,
 * `1e20` (a whole number beyond 2^53 that is not plain digits). It is no text: JSON columns get a number from it.
 * `String()` gives its digits.
 */
export class WrittenNumber {
  /** A JSON number (RFC 8259, section 6). */
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  get [brand](): true {
    return true
  }

  toString(): string {
    return this.text
  }

  /** Text, since `JSON.stringify` writes no number that JavaScript does not have. */
  toJSON(): string {
    return this.text
  }
}

/** True for a `WrittenNumber`, also of another copy of carryover. */
export function isWrittenNumber(value: unknown): value is WrittenNumber {
  return typeof value === 'object' && value !== null && brand in value
}

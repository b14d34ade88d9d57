import type { Range } from './field-profile.js'

/** The range of plausible moments, 1990 to 2040, in seconds since 1970. */
const FIRST_SECOND = 631_152_000
const LAST_SECOND = 2_208_988_800

/** The smallest and largest of numbers, and the most digits they have. */
export class NumberRange {
  #min: number | bigint | undefined
  #max: number | bigint | undefined
  #integerDigits = 0
  #fractionDigits = 0

  add(value: number | bigint): void {
    if (this.#min === undefined || value < this.#min) this.#min = value
    if (this.#max === undefined || value > this.#max) this.#max = value
  }

  /** @param text a decimal number without an exponent */
  addDigits(text: string): void {
    const point = text.indexOf('.')
    const whole = point === -1 ? text.length : point
    this.#integerDigits = Math.max(this.#integerDigits, text.startsWith('-') ? whole - 1 : whole)
    if (point !== -1) this.#fractionDigits = Math.max(this.#fractionDigits, text.length - point - 1)
  }

  get range(): Range<string> | null {
    if (this.#min === undefined || this.#max === undefined) return null
    return { min: String(this.#min), max: String(this.#max) }
  }

  get digits(): { integer: number; fraction: number } | null {
    return this.#integerDigits === 0 ? null : { integer: this.#integerDigits, fraction: this.#fractionDigits }
  }
}

/** `epoch-seconds` or `epoch-milliseconds` for an integer that may be a moment between 1990 and 2040. */
export function classifyNumber(value: number): string | undefined {
  if (value >= FIRST_SECOND && value <= LAST_SECOND) return 'epoch-seconds'
  return value >= FIRST_SECOND * 1000 && value <= LAST_SECOND * 1000 ? 'epoch-milliseconds' : undefined
}

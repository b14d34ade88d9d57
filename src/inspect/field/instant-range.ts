import { eitherOrder } from '../text/classify-date.js'
import { parseInstant } from '../../record/parse-instant.js'
import type { Range } from './field-profile.js'

/** The earliest and the latest of the instants that texts mean. */
export class InstantRange {
  #min: string | undefined
  #max: string | undefined

  /** @param pattern what `classifyText` answered; those that are no date are passed over */
  add(text: string, pattern: string): void {
    const format = formatOf(pattern)
    if (format === undefined) return
    const instant = parseInstant(text, { format, zone: 'UTC' })
    if ('problem' in instant) return
    const { text: iso } = instant
    if (this.#min === undefined || iso < this.#min) this.#min = iso
    if (this.#max === undefined || iso > this.#max) this.#max = iso
  }

  get range(): Range<string> | null {
    return this.#min === undefined || this.#max === undefined ? null : { min: this.#min, max: this.#max }
  }
}

function formatOf(pattern: string): string | undefined {
  if (pattern.startsWith('iso-')) return 'iso'
  if (!pattern.includes('yyyy')) return undefined
  // Which order it is does not change the range by much, and may not be known yet.
  return eitherOrder(pattern)?.dayFirst ?? pattern
}

import { parseInstant } from '../../record/parse-instant.js'
import { eitherOrder } from '../text/classify-date.js'
import type { Range } from './field-profile.js'

/** The earliest and the latest of the instants that texts mean. */
export class InstantRange {
  #range: Range<string> | undefined
  /** The same of texts in UTC as ISO 8601 writes them, whose order is that of the instants. */
  #written: Range<string> | undefined

  /** @param pattern what `classifyText` answered; those that are no date are passed over */
  add(text: string, pattern: string): void {
    const format = formatOf(pattern)
    if (format === undefined) return
    const isOrdered = pattern === 'iso-timestamp' && text[10] === 'T' && text.endsWith('Z')
    // Most instants lie between two that were met before: to see that, they need not be parsed.
    if (isOrdered && this.#written !== undefined && isInside(text, this.#written)) return
    const instant = parseInstant(text, { format, zone: 'UTC' })
    if ('problem' in instant) return
    this.#range = widened(this.#range, instant.text)
    if (isOrdered) this.#written = widened(this.#written, text)
  }

  get range(): Range<string> | null {
    return this.#range ?? null
  }
}

function isInside(text: string, { min, max }: Range<string>): boolean {
  return text >= min && text <= max
}

function widened(range: Range<string> | undefined, text: string): Range<string> {
  if (range === undefined) return { min: text, max: text }
  return { min: text < range.min ? text : range.min, max: text > range.max ? text : range.max }
}

function formatOf(pattern: string): string | undefined {
  if (pattern.startsWith('iso-')) return 'iso'
  if (!pattern.includes('yyyy')) return undefined
  // Which order it is does not change the range by much, and may not be known yet.
  return eitherOrder(pattern)?.dayFirst ?? pattern
}

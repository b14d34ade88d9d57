import type { FieldProfile } from '../field/field-profile.js'
import { eitherOrder } from '../text/classify-date.js'

/** How the instants of a field are to be read. */
export interface InstantFormats {
  /** As `timestamp` takes them. */
  formats: string[]
  /** Some of them have no time zone. */
  lacksZone: boolean
  /** Some of them may be read in two ways. */
  isAmbiguous: boolean
  /** All of them are days. */
  areDays: boolean
  /** Values that are none of these. */
  others: number
}

/** So many of the values must be instants for a field to be one. */
const SHARE = 0.95

/** The formats of a field of instants; undefined for every other field. */
export function instantFormats({
  patterns,
  types,
  emptyTexts,
  present,
}: FieldProfile): InstantFormats | undefined {
  const formats = new Set<string>()
  let seen = 0
  let lacksZone = false
  let isAmbiguous = false
  for (const { name, count } of patterns) {
    const format = formatOf(name)
    if (format === undefined) continue
    seen += count
    formats.add(format)
    if (eitherOrder(name) !== undefined) isAmbiguous = true
    if (!/^(?:iso-timestamp|epoch-.*|\$date)$/.test(name)) lacksZone = true
    if (name === '$date') formats.add('epoch-milliseconds')
  }
  const filled = present - types.null - emptyTexts
  if (seen === 0 || seen < filled * SHARE) return undefined
  const areDays = patterns.every(({ name }) => name === 'iso-date') && seen === filled
  return { formats: [...formats], lacksZone, isAmbiguous, areDays, others: filled - seen }
}

function formatOf(pattern: string): string | undefined {
  if (pattern.startsWith('epoch-')) return pattern
  if (pattern.startsWith('iso-') || pattern === '$date') return 'iso'
  return pattern.includes('yyyy') ? (eitherOrder(pattern)?.monthFirst ?? pattern) : undefined
}

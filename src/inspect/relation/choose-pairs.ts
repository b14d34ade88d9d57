import type { FieldProfile } from '../field/field-profile.js'

const MOST_FIELDS = 8
const MOST_PAIRS = 12
const NO_PART = /^(?:iso-|rfc-|decimal|json|boolean|\$|.*yyyy)/

/**
 * The pairs of fields that may identify the records together: every record has both, and there are enough
 * combinations for all of them. At most a dozen, those with the most different values first.
 */
export function choosePairs(fields: readonly FieldProfile[], records: number): [string, string][] {
  const parts = fields
    .filter((field) => isPart(field, records))
    .toSorted((a, b) => b.distinct.count - a.distinct.count)
    .slice(0, MOST_FIELDS)
  const pairs = parts.flatMap((a, index): [string, string][] =>
    parts
      .slice(index + 1)
      .filter((b) => a.distinct.count * b.distinct.count >= records)
      .map((b) => (isBefore(a, b, fields) ? [a.key!, b.key!] : [b.key!, a.key!])),
  )
  return pairs.slice(0, MOST_PAIRS)
}

function isPart(
  { key, types, emptyTexts, distinct, patterns, characters }: FieldProfile,
  records: number,
): boolean {
  const values = types.text - emptyTexts + types.integer
  return (
    key !== null &&
    values === records &&
    distinct.count > 1 &&
    (characters?.max ?? 0) <= 100 &&
    !patterns.some(({ name, share }) => NO_PART.test(name) && share > 0.5)
  )
}

function isBefore(a: FieldProfile, b: FieldProfile, fields: readonly FieldProfile[]): boolean {
  return fields.indexOf(a) < fields.indexOf(b)
}

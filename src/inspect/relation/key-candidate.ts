import type { FieldProfile } from '../field/field-profile.js'
import type { Duplicates } from '../counting/identity-counter.js'

/** A field, or a pair of them, that may identify the records. */
export interface KeyCandidate {
  /** Names of fields of the record. */
  fields: string[]
  /** Records without it: the field is missing, null, '' or no text and no whole number. */
  missing: number
  /** Records whose value is exactly that of another one. */
  duplicates: number
  /** The same without case and spaces at the ends; null when that was not counted. */
  duplicatesIgnoringCase: number | null
  /** False when there are so many values that duplicates are estimated. */
  exact: boolean
}

/** So many different ones among the values make a field a candidate, and so many records must have it. */
const DIFFERENT = 0.95
const PRESENT = 0.5
/** A key may have so few faults that it is still the key: they are what is to be mended. */
const FAULTS = 0.02
const LONGEST_KEY = 200
const NO_KEY = /^(?:iso-|rfc-|epoch-|decimal|json|boolean|\$date|.*yyyy)/

/** The candidate that a field is; undefined when it is none. */
export function keyCandidate(
  field: FieldProfile,
  { distinct, duplicates, folded }: Duplicates,
  records: number,
): KeyCandidate | undefined {
  if (field.key === null) return undefined
  const { types } = field
  const values = types.text - field.emptyTexts + types.integer + types.bigInteger + extended(field)
  if (values < records * PRESENT || values === 0 || distinct.count < values * DIFFERENT) return undefined
  if (types.decimal + types.boolean + types.array > 0 || types.object !== extended(field)) return undefined
  if ((field.characters?.max ?? 0) > LONGEST_KEY || isMostly(field, NO_KEY)) return undefined
  return {
    fields: [field.key],
    missing: records - values,
    duplicates,
    duplicatesIgnoringCase: folded?.count ?? null,
    exact: distinct.exact && (folded?.exact ?? true),
  }
}

/** True for a candidate with so few faults that the records are meant to be identified by it. */
export function isKey({ missing, duplicates }: KeyCandidate, records: number): boolean {
  return missing + duplicates <= Math.max(records * FAULTS, records > 20 ? 1 : 0)
}

/** Candidates with the best first: fewest faults in broad strokes, by name, without any fault, as they stand in the record. */
export function rankKeys(candidates: readonly KeyCandidate[], records: number): KeyCandidate[] {
  const rank = (candidate: KeyCandidate): number =>
    (isKey(candidate, records) ? 0 : 10) + nameRank(candidate.fields[0]!)
  return candidates
    .map((candidate, order) => ({ candidate, order }))
    .toSorted(
      (a, b) =>
        rank(a.candidate) - rank(b.candidate) ||
        Number(isFaulty(a.candidate)) - Number(isFaulty(b.candidate)) ||
        a.order - b.order,
    )
    .map(({ candidate }) => candidate)
}

function isFaulty({ missing, duplicates }: KeyCandidate): boolean {
  return missing + duplicates > 0
}

/** How much a name promises a key: `$key`, `id` and the like first, then `user_id`, then `slug` or `email`. */
function nameRank(name: string): number {
  if (/^(?:\$key|_?id|_?key|uuid|guid|pk)$/i.test(name)) return 0
  if (/(?:_id|[a-z]I[dD]|_?uuid|_key|_?no|nr|number|ref|code)$/.test(name)) return 1
  return isIdentifierName(name) ? 2 : 3
}

/** True when the name says that the values are meant to be different. */
export function isIdentifierName(name: string): boolean {
  return /(?:^|_|\b|\$)(?:e-?mail|slug|sku|handle|login|user_?name|isbn|ean|iban|vat|code|number|nummer|uuid|guid|ref|key|id)$/i.test(
    name.replace(/([a-z])([A-Z])/g, '$1_$2'),
  )
}

function extended({ patterns }: FieldProfile): number {
  return patterns.reduce((sum, { name, count }) => sum + (/^\$(?!date)/.test(name) ? count : 0), 0)
}

function isMostly({ patterns }: FieldProfile, names: RegExp): boolean {
  return patterns.reduce((sum, { name, share }) => sum + (names.test(name) ? share : 0), 0) > 0.5
}

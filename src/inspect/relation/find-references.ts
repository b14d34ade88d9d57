import type { HashSet } from '../counting/hash-set.js'
import type { Step } from '../field/field-path.js'
import type { ProfiledField, ProfiledRecords } from '../collection/profile-collection.js'
import { isIdentifierName, isKey, type KeyCandidate } from './key-candidate.js'
import { namesCollection, namesOwnKind, namesReference, namesWhole } from './name-match.js'

/** A collection under its name. */
export interface NamedRecords {
  name: string
  profiled: ProfiledRecords
}

/** A field whose values seem to be keys of a collection. */
export interface FoundReference {
  path: string
  steps: readonly Step[]
  /** The collection it leads to, and the field there. */
  collection: string
  field: string
  /** The values there. */
  hashes: HashSet
}

/** So many of the field's different values must be found. */
const FOUND = 0.6
/** Numbers this often are found in any list of numbers: they need a name that speaks for it. */
const NUMBERS = 0.5
const FEWEST_TELLING = 4
const MOST_KEYS = 4
const NO_REFERENCE = /^(?:iso-|rfc-|epoch-|decimal|json|boolean|url|\$date|.*yyyy)/

/** What the fields of a collection refer to, itself included; each field to one collection at most. */
export function findReferences(from: NamedRecords, all: readonly NamedRecords[]): FoundReference[] {
  return from.profiled.fields.flatMap((field) => {
    if (!mayRefer(field)) return []
    const found = all.flatMap((to) => candidates(from, field, to)).toSorted((a, b) => b.rank - a.rank)
    const [best, second] = found
    if (best === undefined) return []
    // Two collections that fit equally well are a guess, unless a name decides.
    if (second !== undefined && second.rank === best.rank && second.to !== best.to) return []
    const { to, key, hashes } = best
    const { path } = field.profile
    return [{ path, steps: field.node.steps, collection: to, field: key, hashes }]
  })
}

interface Candidate {
  to: string
  key: string
  hashes: HashSet
  rank: number
}

function candidates(from: NamedRecords, field: ProfiledField, to: NamedRecords): Candidate[] {
  const { keys, fields, records } = to.profiled
  return keys.slice(0, MOST_KEYS).flatMap((key, order) => {
    const [name, ...more] = key.fields
    const other = fields.find(({ profile }) => profile.key === name)
    if (name === undefined || more.length > 0 || other === undefined || other === field) return []
    // `orders.id` is among the `users.last_order_id`, and it is these that lead to the orders.
    if (order > 0 && (namesReference(name) || isOwnKey(from, field))) return []
    const hashes = other.node.stats.identity.asWritten.hashes
    if (hashes === undefined || hashes.size === 0) return []
    const share = shareFound(field, hashes)
    if (share < FOUND || !isTold(from, field, to, key, share)) return []
    const named = namesCollection(field.profile.path, to.name) ? 1 : 0
    const own = from === to ? -0.1 : 0
    return [
      {
        to: to.name,
        key: name,
        hashes,
        rank: named + share + own + (isKey(key, records) ? 0.2 : 0) - order / 100,
      },
    ]
  })
}

/** True when it is no accident that the values are found there. */
function isTold(
  from: NamedRecords,
  field: ProfiledField,
  to: NamedRecords,
  key: KeyCandidate,
  share: number,
): boolean {
  const { path, distinct } = field.profile
  if (isNumeric(field) && !isIdentifierName(key.fields[0]!)) return false
  if (from === to) return namesOwnKind(path) || (namesCollection(path, to.name) && !isOwnKey(from, field))
  // `Invoice.InvoiceId` is what `InvoiceLine` refers to; `user_profiles.user_id` refers to the users.
  if (isOwnKey(from, field) && namesWhole(path, from.name)) return false
  if (namesCollection(path, to.name)) return true
  if (namesReference(path) && !isOwnKey(from, field)) return true
  const isTelling = !isNumeric(field) && distinct.count >= FEWEST_TELLING && share > 0.8
  if (!isTelling || !isKey(key, to.profiled.records)) return false
  // An address that a customer has too is still an address: what is no identifier does not speak for itself.
  return key === to.profiled.keys[0] || isIdentifierName(key.fields[0]!)
}

function isNumeric({ profile: { types, patterns } }: ProfiledField): boolean {
  const digits = patterns.reduce((sum, { name, count }) => sum + (name === 'integer' ? count : 0), 0)
  const values = types.text + types.integer + types.bigInteger + types.object
  return types.integer + types.bigInteger + digits > values * NUMBERS
}

function isOwnKey({ profiled: { keys, records } }: NamedRecords, { profile }: ProfiledField): boolean {
  return keys.some((key) => key.fields[0] === profile.key && isKey(key, records))
}

function mayRefer({ profile: { types, patterns, path }, node }: ProfiledField): boolean {
  const values = types.text + types.integer + types.bigInteger + types.object
  if (values === 0 || types.decimal + types.boolean > 0 || path.includes('*')) return false
  if (patterns.some(({ name, share }) => NO_REFERENCE.test(name) && share > 0.5)) return false
  return node.stats.identity.values > 0
}

/** The share of the field's different values that are among these. */
function shareFound({ node }: ProfiledField, hashes: HashSet): number {
  let looked = 0
  let found = 0
  for (const hash of node.stats.identity.asWritten.sample) {
    looked += 1
    if (hashes.has(hash)) found += 1
  }
  return looked === 0 ? 0 : found / looked
}

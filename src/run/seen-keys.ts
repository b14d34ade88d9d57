import { newKeyTable } from './key-table.js'

/** The legacy keys that a run met in one source. */
export interface SeenKeys {
  /** The ordinal of the first record with this key: its own for the first one, that of another for a duplicate. */
  claim(legacyKey: string, ordinal: number): number
  /** Notes that the source has this key, without a claim: a record that was rejected is present all the same. */
  mention(legacyKey: string, ordinal: number): void
  has(legacyKey: string): boolean
  /** A record was settled by this key, or refused after it had claimed it. */
  isClaimed(legacyKey: string): boolean
  /** Notes a record whose key nobody knows. */
  mentionNameless(): void
  /** How many of these there were. */
  readonly nameless: number
  /** Where the source has this key: the record that claimed it, or else the first one that was rejected. */
  ordinalOf(legacyKey: string): number | undefined
}

/** An empty set of keys. */
export function newSeenKeys(): SeenKeys {
  const claimed = newKeyTable()
  const mentioned = newKeyTable()
  let nameless = 0
  const ordinalOf = (legacyKey: string) => claimed.get(legacyKey) ?? mentioned.get(legacyKey)
  return {
    claim: (legacyKey, ordinal) => claimed.add(legacyKey, ordinal),
    mention: (legacyKey, ordinal) => void mentioned.add(legacyKey, ordinal),
    mentionNameless: () => (nameless += 1),
    get nameless() {
      return nameless
    },
    isClaimed: (legacyKey) => claimed.get(legacyKey) !== undefined,
    has: (legacyKey) => ordinalOf(legacyKey) !== undefined,
    ordinalOf,
  }
}

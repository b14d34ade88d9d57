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
  const claimed = new Map<string, number>()
  const mentioned = new Map<string, number>()
  let nameless = 0
  return {
    claim: (legacyKey, ordinal) => {
      const first = claimed.get(legacyKey)
      if (first === undefined) claimed.set(legacyKey, ordinal)
      return first ?? ordinal
    },
    mention: (legacyKey, ordinal) => {
      if (!mentioned.has(legacyKey)) mentioned.set(legacyKey, ordinal)
    },
    mentionNameless: () => (nameless += 1),
    get nameless() {
      return nameless
    },
    isClaimed: (legacyKey) => claimed.has(legacyKey),
    has: (legacyKey) => claimed.has(legacyKey) || mentioned.has(legacyKey),
    ordinalOf: (legacyKey) => claimed.get(legacyKey) ?? mentioned.get(legacyKey),
  }
}

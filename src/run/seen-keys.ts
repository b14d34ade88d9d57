/** The legacy keys that a run met in one source. */
export interface SeenKeys {
  /** True for the first record with this key; every later one is a duplicate. */
  claim(legacyKey: string): boolean
  /** Notes that the source has this key, without a claim: a record that was rejected is present all the same. */
  mention(legacyKey: string): void
  has(legacyKey: string): boolean
}

/** An empty set of keys. */
export function newSeenKeys(): SeenKeys {
  const claimed = new Set<string>()
  const mentioned = new Set<string>()
  return {
    claim: (legacyKey) => {
      if (claimed.has(legacyKey)) return false
      claimed.add(legacyKey)
      return true
    },
    mention: (legacyKey) => mentioned.add(legacyKey),
    has: (legacyKey) => claimed.has(legacyKey) || mentioned.has(legacyKey),
  }
}

/** A record that may be what it was when it was settled last. */
export interface Remembered {
  readonly ordinal: number
  /** As far as its fields tell it. */
  readonly legacyKey: string
  /** What stands for it as the source has it. */
  readonly source: string
}

/** The answer to `untouched`. */
export interface Untouched {
  /** Ordinals of owners that the source has as it had them when they were settled, and whose row exists. */
  readonly settled: ReadonlySet<number>
  /** How many of them have what was noted of their enum values, by the id of that. */
  readonly notes: ReadonlyMap<string, number>
}

/** What an entry is to have as its fingerprint. */
export interface FingerprintNote {
  readonly legacyKey: string
  /** See `joinFingerprint`. */
  readonly fingerprint: string
}

/** What the ledger holds of a rejected record. */
export interface RejectCopy {
  /**
   * `exact` the text gives the very same record when it is read again · `partial` something is left out or changed ·
   * `none` there is no text.
   */
  readonly copy: 'exact' | 'partial' | 'none'
  /** The legacy record as JSON text, null when it is not kept. */
  readonly record: string | null
  /** What surrounds it in its source as JSON text, null when nothing does or it is not kept. */
  readonly surroundings: string | null
}

/** A reject as the ledger keeps it. */
export interface RejectEntry extends RejectCopy {
  /** Stable for the same defect of the same record: hash of pipeline, key or place, code and column. */
  readonly id: string
  /** 0-based over the source that the record was first read from. */
  readonly ordinal: number
  readonly legacyKey: string | null
  readonly at: string
  readonly code: string
  readonly column: string | null
  readonly message: string
  /** Rejects that this one stands for by now, with another reason: they are forgotten. */
  readonly replaces: readonly string[]
}

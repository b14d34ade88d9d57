import type { SourceLocation } from '../errors.js'

/** One legacy object with its place. */
export interface RawRecord {
  /** 0-based over the whole source, all files counted through. */
  ordinal: number
  value: unknown
  /** Where the value begins; undefined for function sources. */
  location: SourceLocation | undefined
}

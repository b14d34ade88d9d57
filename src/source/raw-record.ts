import type { SourceLocation } from '../errors.js'

/** What a record can be told beside its value; a schema that declares one of these fields gets it. */
export interface Surroundings {
  /** The key under which it stands, when the records are the values of an object. */
  readonly $key?: string
  /** The file it stands in, relative to the folder of the pipeline file, with forward slashes; `-` for standard input. */
  readonly $file?: string
  /** The element that the last `*` of `at` has met, without the list, with its own `$key` and `$parent`. */
  readonly $parent?: Readonly<Record<string, unknown>>
}

/** One legacy object with its place. */
export interface RawRecord {
  /** 0-based over the whole source, all files counted through. */
  ordinal: number
  value: unknown
  surroundings: Surroundings
  /** Where the value begins; undefined for function sources. */
  location: SourceLocation | undefined
}

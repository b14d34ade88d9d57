/** Files of JSON or NDJSON, packed with gzip or not. */
export interface FileSource {
  /** Path, glob or list of them, relative to the pipeline file; `-` is standard input. */
  files: string | readonly string[]
  /**
   * JSON Pointer to the array of records, or to an object whose values are the records; the root by default. A step `*`
   * is every element. For documents that follow on each other it leads into each one; by default each is a record.
   */
  at?: string
  /** By the extension of each file when it is not given. */
  format?: SourceFormat
}

/** One JSON document, one JSON record a line, or one JSON document after the other. */
export type SourceFormat = 'json' | 'ndjson' | 'concatenated'

/** What a pipeline says of its source. */
export type SourceDefinition = FileSource | (() => AsyncIterable<unknown>)

/** The name that stands for standard input. */
export const STANDARD_INPUT = '-'

/** True when a source comes through a pipe, which can be read once alone. */
export function readsStandardInput(definition: SourceDefinition): boolean {
  return typeof definition !== 'function' && [definition.files].flat().includes(STANDARD_INPUT)
}

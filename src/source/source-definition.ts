/** Files of JSON or NDJSON, packed with gzip or not. */
export interface FileSource {
  /** Path, glob or list of them, relative to the pipeline file. */
  files: string | readonly string[]
  /** JSON Pointer to the array of records, or to an object whose values are the records; the root by default. */
  at?: string
  /** By the extension of each file when it is not given. */
  format?: SourceFormat
}

/** One JSON document, or one JSON record a line. */
export type SourceFormat = 'json' | 'ndjson'

/** What a pipeline says of its source. */
export type SourceDefinition = FileSource | (() => AsyncIterable<unknown>)

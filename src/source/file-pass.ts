import { createHash } from 'node:crypto'
import { chunkRecords } from './chunk-records.js'
import type { ElementScanner } from './json/element.js'
import { isNamedGzip } from './file/file-format.js'
import type { FoundFile } from './file/find-files.js'
import { JsonScanner } from './json/json-scanner.js'
import { NdjsonScanner } from './json/ndjson-scanner.js'
import type { SourceFile } from './open-source.js'
import type { RawRecord } from './raw-record.js'
import { readRecords } from './read-records.js'
import type { SourceFormat } from './source-definition.js'
import { readStoredBytes } from './file/stored-bytes.js'
import { unpack } from './file/unpack.js'

/** A file and how it is read. */
export interface FormattedFile extends FoundFile {
  format: SourceFormat
}

/** How all files of a pass are read. */
export interface PassOptions {
  pointer: readonly string[]
  chunkRecords: number
  maxElementBytes: number
}

/** One reading of all files, from the first byte to the last. */
export class FilePass {
  /** The files read so far. */
  readonly files: SourceFile[] = []
  /** Of the files as they are stored. */
  bytesRead = 0
  readonly #found: readonly FormattedFile[]
  readonly #options: PassOptions

  constructor(found: readonly FormattedFile[], options: PassOptions) {
    this.#found = found
    this.#options = options
  }

  /** The records of all files in chunks, numbered from 0. */
  chunks(signal: AbortSignal | undefined): AsyncGenerator<RawRecord[], void, undefined> {
    return chunkRecords(this.#readAll(), { limit: this.#options.chunkRecords, signal })
  }

  async *#readAll(): AsyncGenerator<RawRecord[], void, undefined> {
    let ordinal = 0
    for (const file of this.#found) {
      for await (const records of this.#read(file, ordinal)) {
        ordinal += records.length
        yield records
      }
    }
  }

  async *#read(file: FormattedFile, firstOrdinal: number): AsyncGenerator<RawRecord[], void, undefined> {
    const hash = createHash('sha256')
    const before = this.bytesRead
    const stored = readStoredBytes(file, (piece) => {
      hash.update(piece)
      this.bytesRead += piece.length
    })
    const scanner = this.#scannerFor(file)
    const text = unpack(stored, { isNamedGzip: isNamedGzip(file.path), place: () => scanner.location })
    yield* readRecords(text, { scanner, firstOrdinal })
    this.files.push({ path: file.displayPath, bytes: this.bytesRead - before, sha256: hash.digest('hex') })
  }

  #scannerFor({ displayPath, format }: FormattedFile): ElementScanner {
    const { pointer, maxElementBytes } = this.#options
    if (format === 'ndjson') return new NdjsonScanner(displayPath, { maxElementBytes })
    return new JsonScanner(displayPath, { pointer, maxElementBytes })
  }
}

import type { AtWork } from './at-work.js'
import { chunkRecords } from './chunk-records.js'
import { changedFault } from './file/changed-fault.js'
import { FileText, type SourceFile } from './file/file-text.js'
import { sizeOf, type FoundFile } from './file/find-files.js'
import { newListSearch } from './json/list-search.js'
import { parseElements } from './parse-elements.js'
import type { RawRecord } from './raw-record.js'
import { scanText } from './scan-text.js'
import { scannerFor, type FileForm } from './scanner-for.js'

/** How all files of a pass are read. */
export interface PassOptions extends FileForm {
  chunkRecords: number
  /** The files as they were read before: those of this pass must be the same. */
  expected: readonly SourceFile[]
  atWork: AtWork
}

/** One reading of all files, from the first byte to the last. */
export class FilePass {
  /** The files read so far. */
  readonly files: SourceFile[] = []
  readonly #found: readonly FoundFile[]
  readonly #options: PassOptions
  readonly #search = newListSearch()
  #current: FileText | undefined

  constructor(found: readonly FoundFile[], options: PassOptions) {
    this.#found = found
    this.#options = options
  }

  /** Of the files as they are stored. */
  get bytesRead(): number {
    return this.files.reduce((sum, file) => sum + file.bytes, this.#current?.bytesRead ?? 0)
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
    if (!this.#search.isMet && this.#search.missing !== undefined) throw this.#search.missing
  }

  async *#read(file: FoundFile, firstOrdinal: number): AsyncGenerator<RawRecord[], void, undefined> {
    const expected = this.#options.expected[this.files.length]
    // Asked before its first record is handed out; the hash can tell only behind the last one.
    if (expected !== undefined && expected.bytes !== (await sizeOf(file)))
      throw changedFault(file.displayPath)
    const { atWork } = this.#options
    const scanner = scannerFor(file, this.#options, this.#search)
    const text = new FileText(file)
    this.#current = text
    let ordinal = firstOrdinal
    for await (const _ of scanText(
      text.pieces(() => scanner.location, atWork),
      scanner,
      atWork,
    )) {
      const { records, fault } = atWork(() => parseElements(scanner, ordinal, file.surroundings))
      ordinal += records.length
      if (records.length > 0) yield records
      if (fault !== undefined) throw fault
    }
    this.#current = undefined
    this.files.push(text.finish())
    if (expected !== undefined && expected.sha256 !== this.files.at(-1)?.sha256)
      throw changedFault(file.displayPath)
  }
}

import { createHash } from 'node:crypto'
import type { SourceLocation } from '../../errors.js'
import { unwatched } from '../at-work.js'
import { isNamedGzip } from './file-format.js'
import type { FoundFile } from './find-files.js'
import { readStoredBytes } from './stored-bytes.js'
import { unpack } from './unpack.js'

/** A file that was read, as it is stored: for gzip the packed bytes. */
export interface SourceFile {
  /** As in the locations of its records. */
  path: string
  bytes: number
  /** Lower-case hexadecimal. */
  sha256: string
}

/** The text of one file, read once, and what is known of the file then. */
export class FileText {
  /** How many of the stored bytes were read. */
  bytesRead = 0
  readonly #file: FoundFile
  readonly #hash = createHash('sha256')

  constructor(file: FoundFile) {
    this.#file = file
  }

  /**
   * The text in pieces, unpacked where the file is packed.
   *
   * @param place says how far the text was read, for an error
   * @param atWork does what takes the process time
   * @throws SourceError when the file cannot be read, or is damaged gzip
   */
  pieces(place: () => SourceLocation, atWork = unwatched): AsyncGenerator<Buffer, void, undefined> {
    const stored = readStoredBytes(this.#file, (piece) => {
      atWork(() => this.#hash.update(piece))
      this.bytesRead += piece.length
    })
    return unpack(stored, { isNamedGzip: isNamedGzip(this.#file.path), place })
  }

  /** What was read; to be asked once, when the text was read to its end. */
  finish(): SourceFile {
    return { path: this.#file.displayPath, bytes: this.bytesRead, sha256: this.#hash.digest('hex') }
  }
}

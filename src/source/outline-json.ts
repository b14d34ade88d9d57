import { isNamedGzip } from './file/file-format.js'
import type { FoundFile } from './file/find-files.js'
import { readStoredBytes } from './file/stored-bytes.js'
import { unpack } from './file/unpack.js'
import { Utf8Gate } from './file/utf8-gate.js'
import { OutlineScanner, type OutlineNode } from './json/outline-scanner.js'
import { throwIfAborted } from './throw-if-aborted.js'

/** How a document is built, as far as it could be read. */
export interface Outline {
  /** Undefined when there is no container at all. */
  root: OutlineNode | undefined
  /** False when the text ends in the middle, or has an error: whoever reads the records will say where. */
  isSound: boolean
}

/**
 * How a JSON document is built: its objects a few levels deep, and what kinds of values its arrays have. Read to its
 * end, unless the root is an array; a document that is broken is answered as far as it can be read.
 *
 * @throws SourceError when the file cannot be read or unpacked
 * @throws AbortedError when the signal is aborted
 */
export async function outlineJson(file: FoundFile, signal: AbortSignal | undefined): Promise<Outline> {
  const scanner = new OutlineScanner()
  const gate = new Utf8Gate()
  const stored = readStoredBytes(file, () => {})
  const place = () => ({
    file: file.displayPath,
    line: 1,
    column: scanner.bytesRead + 1,
    byte: scanner.bytesRead,
  })
  for await (const piece of unpack(stored, { isNamedGzip: isNamedGzip(file.path), place })) {
    throwIfAborted(signal)
    scanner.push(gate.push(piece))
    if (scanner.isOver || gate.fault !== undefined) break
  }
  return { root: scanner.root, isSound: scanner.isSound && gate.fault === undefined }
}

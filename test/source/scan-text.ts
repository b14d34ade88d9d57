import type { SourceError, SourceLocation } from '../../src/errors.js'
import type { ElementScanner } from '../../src/source/json/element.js'
import { JsonScanner } from '../../src/source/json/json-scanner.js'
import { parseElements } from '../../src/source/parse-elements.js'

/** What a scanner made of a text. */
export interface Scanned {
  entries: { key: string | undefined; value: unknown; location: SourceLocation }[]
  fault: SourceError | undefined
}

/** A scanner for the document at a pointer. */
export function jsonScanner(pointer: readonly string[] = [], maxElementBytes = 2 ** 20): JsonScanner {
  return new JsonScanner('test.json', { pointer, maxElementBytes })
}

/** Pushes a text through a scanner in pieces of so many bytes. */
export function scanText(scanner: ElementScanner, text: string | Uint8Array, pieceBytes = Infinity): Scanned {
  const bytes = Buffer.from(text)
  const scanned: Scanned = { entries: [], fault: undefined }
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    scanner.push(bytes.subarray(from, from + pieceBytes))
    if (!collect(scanner, scanned)) return scanned
  }
  scanner.end()
  collect(scanner, scanned)
  return scanned
}

function collect(scanner: ElementScanner, scanned: Scanned): boolean {
  const { records, fault } = parseElements(scanner, scanned.entries.length, {})
  for (const [index, { value, location }] of records.entries()) {
    scanned.entries.push({ key: scanner.elements[index]!.key, value, location: location! })
  }
  scanned.fault = fault as SourceError | undefined
  return fault === undefined
}

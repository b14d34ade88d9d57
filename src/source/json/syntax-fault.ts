import type { SourceError, SourceLocation } from '../../errors.js'
import { sourceFault } from '../source-fault.js'

/** For an error inside a JSON text. */
export const MEND_HINT = 'Mend the text there, or export it again.'

/** For a second value behind the first one of a file. */
export const DOCUMENTS_HINT =
  "Where each line is a record of its own, say format: 'ndjson'; where one document follows on another, say format: 'concatenated'; otherwise mend the text."

/** For a line that ends in the middle of a value. */
export const DOCUMENT_HINT =
  "Where a record may span lines, say format: 'json', or 'concatenated' for several documents; otherwise mend the text."

/** A byte that JSON does not allow where it stands. What stands there is not said: it may be a person's data. */
export function syntaxFault(location: SourceLocation, expected: string, hint: string): SourceError {
  return sourceFault('source.syntax', location, `not valid JSON, expected ${expected}`, { hint })
}

/** A text that ends in the middle of a value. */
export function truncatedFault(location: SourceLocation): SourceError {
  return sourceFault('source.truncated', location, 'the file ends in the middle of the JSON text', {
    hint: 'The file was cut off: copy it or export it again.',
  })
}

/** A text without any value. */
export function emptyFault(location: SourceLocation): SourceError {
  return sourceFault('source.truncated', location, 'expected a JSON value, found an empty file', {
    hint: 'Export the file again; a source without records is an empty list: [].',
  })
}

/** A record or key that is larger than what is kept in memory. */
export function tooLargeFault(location: SourceLocation, maxElementBytes: number): SourceError {
  const what = `one record is larger than ${maxElementBytes} bytes`
  return sourceFault('source.element_too_large', location, what, {
    hint: "Look whether 'at' names the list of the records and not something around it; limits.recordBytes admits larger ones.",
  })
}

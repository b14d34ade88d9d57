import type { SourceLocation } from '../../errors.js'

/** What is cut out of a document. */
export interface JsonScannerOptions {
  /** The steps to the container of the records; undefined when the document is a record itself. */
  pointer: readonly string[] | undefined
  maxElementBytes: number
  /** True for one document after the other, with whitespace, RS (RFC 7464) or nothing between them. */
  isConcatenated?: boolean
  /** Given when the text is an element of a file: where it begins, and the steps that lead to it. */
  within?: { start: SourceLocation; path: readonly string[] }
}

import type { SourceError, SourceLocation } from '../../errors.js'
import type { OuterElement } from './outer-element.js'

/** The text of one record that a scanner has cut out. */
export interface Element {
  /** Where the text begins and ends in the scanner's bytes. */
  from: number
  to: number
  /** Where the text begins in the file. */
  location: SourceLocation
  /** The key under which it stands, when the records are the values of an object. */
  key: string | undefined
  /** True when nothing marks the end but the end of the file. */
  isLast: boolean
  /** What may follow on it, for a message: `a comma or ]`. */
  atEnd: string
  /** The element around it that a `*` of the path has met. */
  outer: OuterElement | undefined
}

/** Cuts a text into the texts of its records, in pieces of any size. */
export interface ElementScanner {
  /** Takes the next piece; afterwards `bytes` and `elements` hold what it completed. */
  push(piece: Uint8Array): void
  /** Says that the text is over; afterwards `elements` and `fault` are what only the end could tell. */
  end(): void
  /** Valid until the next `push`. */
  readonly bytes: Buffer
  readonly elements: readonly Element[]
  /** What is wrong behind these elements; nothing is read any further. */
  readonly fault: SourceError | undefined
  /** The place behind everything that was pushed. */
  readonly location: SourceLocation
}

import type { SourceError, SourceLocation } from '../../errors.js'
import { ByteWindow } from './byte-window.js'
import type { Element, ElementScanner } from './element.js'
import { isJsonSpace, LINE_FEED } from './json-bytes.js'
import { tooLargeFault } from './syntax-fault.js'

const AT_END = 'the end of the line'

/** Cuts text with one record a line into its lines; blank lines are no records. */
export class NdjsonScanner implements ElementScanner {
  elements: Element[] = []
  fault: SourceError | undefined
  readonly #file: string
  readonly #maxElementBytes: number
  readonly #window = new ByteWindow()
  /** Index where the line at hand begins. */
  #lineStart = 0
  /** Index up to which no line feed was found. */
  #searched = 0

  constructor(file: string, { maxElementBytes }: { maxElementBytes: number }) {
    this.#file = file
    this.#maxElementBytes = maxElementBytes
  }

  get bytes(): Buffer {
    return this.#window.bytes
  }

  get location(): SourceLocation {
    return this.#locate(this.bytes.length)
  }

  push(piece: Uint8Array): void {
    this.elements = []
    if (this.fault !== undefined) return
    this.#window.append(piece, this.#lineStart)
    this.#searched -= this.#lineStart
    this.#lineStart = 0
    for (;;) {
      const lineEnd = this.bytes.indexOf(LINE_FEED, this.#searched)
      if (lineEnd === -1) break
      if (!this.#takeLine(lineEnd, false)) return
      this.#lineStart = lineEnd + 1
      this.#searched = this.#lineStart
    }
    this.#searched = this.bytes.length
    this.#limit(this.#lineStart, this.#searched)
  }

  end(): void {
    this.elements = []
    if (this.fault === undefined) this.#takeLine(this.bytes.length, true)
  }

  #takeLine(lineEnd: number, isLast: boolean): boolean {
    const { bytes } = this
    let from = this.#lineStart
    let to = lineEnd
    while (from < to && isJsonSpace(bytes[from]!)) from += 1
    // A line that is cut off keeps its end, so that an error there is reported where the file ends.
    if (!isLast) while (to > from && isJsonSpace(bytes[to - 1]!)) to -= 1
    if (from === to) return true
    if (!this.#limit(from, to)) return false
    const location = this.#locate(from)
    this.elements.push({ from, to, location, key: undefined, isLast, atEnd: AT_END, outer: undefined })
    return true
  }

  #limit(from: number, to: number): boolean {
    if (to - from <= this.#maxElementBytes) return true
    this.fault = tooLargeFault(this.#locate(from), this.#maxElementBytes)
    return false
  }

  #locate(index: number): SourceLocation {
    const { line, column, byte } = this.#window.placeAt(index)
    return { file: this.#file, line, column, byte }
  }
}

import type { SourceError, SourceLocation } from '../../errors.js'
import { ByteWindow } from './byte-window.js'
import { ElementEnd } from './element-end.js'
import { findRefusal } from './element-fault.js'
import type { Element, ElementScanner } from './element.js'
import { JsonAutomaton } from './json-automaton.js'
import { RECORD_SEPARATOR } from './json-bytes.js'
import type { JsonScannerOptions } from './json-scanner-options.js'
import { RecordPath } from './record-path.js'
import {
  DOCUMENTS_HINT,
  emptyFault,
  MEND_HINT,
  syntaxFault,
  tooLargeFault,
  truncatedFault,
} from './syntax-fault.js'

/** Text that begins at an index. */
interface Stretch {
  from: number
  location: SourceLocation
}

/**
 * Cuts the records out of a JSON document: the elements of the array, or the values of the object, that a pointer
 * names. Everything around them is read strictly by the automaton and forgotten; they themselves are only cut out.
 */
export class JsonScanner implements ElementScanner {
  elements: Element[] = []
  fault: SourceError | undefined
  /** Where the container of the records stands in `bytes`, for a text that came in one piece. */
  list: { from: number; to: number } | undefined
  readonly #file: string
  readonly #options: JsonScannerOptions
  readonly #path: RecordPath
  readonly #window: ByteWindow
  readonly #automaton = new JsonAutomaton(0)
  readonly #elementEnd = new ElementEnd()
  /** Index of the next byte for the automaton. */
  #index = 0
  /** Where the element or key at hand begins; undefined between them. */
  #held: (Stretch & { kind: 'element' | 'key' }) | undefined

  constructor(file: string, options: JsonScannerOptions) {
    this.#file = file
    this.#options = options
    this.#path = new RecordPath(options.pointer, options.within?.path)
    this.#window = new ByteWindow(options.within?.start)
  }

  get bytes(): Buffer {
    return this.#window.bytes
  }

  get location(): SourceLocation {
    return this.#locate(this.bytes.length)
  }

  /** Why there is no container of records in a text that may lack it, because it is an element of a file. */
  get absence(): SourceError | undefined {
    return this.#path.absence
  }

  push(piece: Uint8Array): void {
    this.elements = []
    if (this.fault !== undefined) return
    this.#append(piece)
    while (this.fault === undefined) {
      const goesOn = this.#held?.kind === 'element' ? this.#takeElement(this.#held) : this.#walk()
      if (!goesOn) break
    }
  }

  end(): void {
    this.elements = []
    if (this.fault !== undefined) return
    if (this.#held?.kind === 'element') this.#endElement(this.#held)
    else if (this.#automaton.isBlank)
      this.fault = this.#options.isConcatenated ? undefined : emptyFault(this.location)
    else if (!this.#automaton.isComplete) this.fault = truncatedFault(this.location)
  }

  #append(piece: Uint8Array): void {
    const keep = this.#held?.from ?? this.bytes.length
    this.#window.append(piece, keep)
    this.#index -= keep
    this.#elementEnd.position -= keep
    if (this.#held !== undefined) this.#held.from = 0
  }

  /** Reads up to the next thing that matters; false when the piece ends before it. */
  #walk(): boolean {
    const automaton = this.#automaton
    this.#index = automaton.run(this.bytes, this.#index)
    switch (automaton.event) {
      case 'value':
        this.#atValue()
        return true
      case 'key':
        this.#held = { kind: 'key', from: this.#index, location: this.#locate(this.#index) }
        return true
      case 'keyEnd':
        this.#atKeyEnd()
        return true
      case 'close':
        this.#atClose()
        return true
      case 'refused':
        if (this.#goesOnWithDocument()) return true
        this.fault = this.#refusal()
        return false
      case 'more':
        if (this.#held !== undefined) this.#limit(this.#held, this.#index)
        return false
    }
  }

  #atValue(): void {
    const location = this.#locate(this.#index)
    if (this.#path.isAtRecords) {
      this.#held = { kind: 'element', from: this.#index, location }
      this.#elementEnd.begin(this.bytes, this.#index)
    } else if (this.#path.meetValue()) {
      this.fault = this.#path.enter(this.bytes[this.#index]!, location)
      this.#automaton.watch(this.#path.depth)
      if (this.#path.isAtRecords) this.list = { from: this.#index, to: this.#index }
    }
    // Any other value stands beside the path: the automaton reads through it.
  }

  #atKeyEnd(): void {
    const { from, location } = this.#held!
    if (!this.#limit(this.#held!, this.#index)) return
    const key = JSON.parse(this.bytes.toString('utf8', from, this.#index)) as string
    this.#held = undefined
    this.fault = this.#path.meetKey(key, location)
  }

  #atClose(): void {
    if (this.#path.isAtRecords) this.list!.to = this.#index
    this.fault = this.#path.leave()
    this.#automaton.watch(this.#path.depth)
  }

  #takeElement(held: Stretch): boolean {
    const isWhole = this.#elementEnd.find(this.bytes)
    this.#index = this.#elementEnd.position
    if (!this.#limit(held, this.#index) || !isWhole) return false
    this.#add(held, false)
    this.#automaton.valueTaken()
    return true
  }

  #add({ from, location }: Stretch, isLast: boolean): void {
    const { key, atEnd } = this.#path
    this.elements.push({ from, to: this.#index, location, key, isLast, atEnd, outer: undefined })
    this.#held = undefined
  }

  /** Of all that can be cut off, only a document that is a number or a word may be whole. */
  #endElement(held: Stretch): void {
    if (this.#path.depth === 0 && this.#elementEnd.isScalar) this.#add(held, true)
    else this.fault = this.#refusalIn(held, this.bytes.length) ?? truncatedFault(this.location)
  }

  /** Behind a whole document, or before one: steps over a separator, or begins the next document. */
  #goesOnWithDocument(): boolean {
    const { isBlank, isComplete } = this.#automaton
    if (this.#options.isConcatenated !== true || !(isBlank || isComplete)) return false
    if (this.bytes[this.#index] === RECORD_SEPARATOR) this.#index += 1
    else if (isBlank) return false
    this.#automaton.restart()
    return true
  }

  /** Refuses what has grown too large; an error in the text, such as a missing quote, is the better explanation. */
  #limit(held: Stretch, to: number): boolean {
    const { maxElementBytes } = this.#options
    if (Math.min(to, this.bytes.length) - held.from <= maxElementBytes) return true
    this.fault = this.#refusalIn(held, to) ?? tooLargeFault(held.location, maxElementBytes)
    return false
  }

  #refusal(): SourceError {
    const isBehindRoot = this.#automaton.isComplete
    const expected = this.#automaton.expected('the end of the file')
    return syntaxFault(this.#locate(this.#index), expected, isBehindRoot ? DOCUMENTS_HINT : MEND_HINT)
  }

  #refusalIn({ from, location }: Stretch, to: number): SourceError | undefined {
    return findRefusal(this.bytes.subarray(from, to), location, this.#path.atEnd)
  }

  #locate(index: number): SourceLocation {
    const { line, column, byte } = this.#window.placeAt(index)
    return { file: this.#file, line, column, byte }
  }
}

import type { SourceError, SourceLocation } from '../../errors.js'
import { ByteWindow } from './byte-window.js'
import { ElementEnd } from './element-end.js'
import { findElementFault } from './element-fault.js'
import type { Element, ElementScanner } from './element.js'
import { JsonAutomaton } from './json-automaton.js'
import { OPEN_ARRAY, OPEN_OBJECT } from './json-bytes.js'
import { duplicatePathFault, scalarOnPathFault, stepMissingFault } from './path-fault.js'
import { PathLevel } from './path-level.js'
import {
  emptyFault,
  LINES_HINT,
  MEND_HINT,
  syntaxFault,
  tooLargeFault,
  truncatedFault,
} from './syntax-fault.js'

/**
 * Cuts the records out of a JSON document: the elements of the array, or the values of the object, that a pointer
 * names. Everything around them is read strictly by the automaton and forgotten; they themselves are only cut out.
 */
export class JsonScanner implements ElementScanner {
  elements: Element[] = []
  fault: SourceError | undefined
  atEnd = ''
  readonly #file: string
  readonly #pointer: readonly string[]
  readonly #maxElementBytes: number
  readonly #window = new ByteWindow()
  readonly #automaton = new JsonAutomaton(0)
  readonly #elementEnd = new ElementEnd()
  /** The containers that are open on the way to the records, the one that holds them included. */
  readonly #levels: PathLevel[] = []
  /** Index of the next byte for the automaton. */
  #index = 0
  /** Where the element or key at hand begins; undefined between them. */
  #held: { kind: 'element' | 'key'; from: number; location: SourceLocation } | undefined

  constructor(
    file: string,
    { pointer, maxElementBytes }: { pointer: readonly string[]; maxElementBytes: number },
  ) {
    this.#file = file
    this.#pointer = pointer
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
    this.#append(piece)
    while (this.fault === undefined) {
      const goesOn = this.#held?.kind === 'element' ? this.#takeElement(this.#held) : this.#walk()
      if (!goesOn) break
    }
  }

  end(): void {
    this.elements = []
    if (this.fault !== undefined) return
    if (this.#held?.kind === 'element') this.fault = this.#faultOfCutElement(this.#held)
    else if (this.#automaton.isBlank) this.fault = emptyFault(this.location)
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
        this.fault = this.#refusal()
        return false
      case 'more':
        if (this.#held !== undefined) this.#limit(this.#held, this.#index)
        return false
    }
  }

  #atValue(): void {
    if (this.#levels.length > this.#pointer.length) {
      this.#held = { kind: 'element', from: this.#index, location: this.#locate(this.#index) }
      this.#elementEnd.begin(this.bytes, this.#index)
      return
    }
    const level = this.#levels.at(-1)
    if (level?.isArray) level.enterNext()
    if (level === undefined || level.key === this.#pointer[this.#levels.length - 1]) {
      this.#descend(level)
    }
    // Any other value stands beside the path: the automaton reads through it.
  }

  #descend(from: PathLevel | undefined): void {
    const firstByte = this.bytes[this.#index]!
    const location = this.#locate(this.#index)
    const depth = this.#levels.length
    if (from !== undefined) from.isMet = true
    if (firstByte !== OPEN_ARRAY && firstByte !== OPEN_OBJECT) {
      this.fault = scalarOnPathFault(location, { pointer: this.#pointer, depth, firstByte })
      return
    }
    this.#levels.push(new PathLevel(firstByte === OPEN_ARRAY, location))
    this.#automaton.watch(this.#levels.length)
    if (depth === this.#pointer.length)
      this.atEnd = firstByte === OPEN_ARRAY ? 'a comma or ]' : 'a comma or }'
  }

  #atKeyEnd(): void {
    const { from, location } = this.#held!
    const level = this.#levels.at(-1)!
    const depth = this.#levels.length - 1
    if (!this.#limit(this.#held!, this.#index)) return
    level.enterKey(JSON.parse(this.bytes.toString('utf8', from, this.#index)) as string)
    this.#held = undefined
    const isOnPath = depth < this.#pointer.length && level.key === this.#pointer[depth]
    if (isOnPath && level.isMet) this.fault = duplicatePathFault(location, { pointer: this.#pointer, depth })
  }

  #atClose(): void {
    const level = this.#levels.pop()!
    const depth = this.#levels.length
    this.#automaton.watch(depth)
    if (depth === this.#pointer.length || level.isMet) return
    this.fault = stepMissingFault(level.location, { pointer: this.#pointer, depth, found: level.describe() })
  }

  #takeElement(held: { from: number; location: SourceLocation }): boolean {
    const isWhole = this.#elementEnd.find(this.bytes)
    this.#index = this.#elementEnd.position
    if (!this.#limit(held, this.#index) || !isWhole) return false
    const level = this.#levels.at(-1)!
    const key = level.isArray ? undefined : level.key
    this.elements.push({ from: held.from, to: this.#index, location: held.location, key, isLast: false })
    this.#held = undefined
    this.#automaton.valueTaken()
    return true
  }

  /** Refuses what has grown too large; an error in the text, such as a missing quote, is the better explanation. */
  #limit({ from, location }: { from: number; location: SourceLocation }, to: number): boolean {
    if (Math.min(to, this.bytes.length) - from <= this.#maxElementBytes) return true
    this.fault = this.#refusalIn(from, to, location) ?? tooLargeFault(location, this.#maxElementBytes)
    return false
  }

  #faultOfCutElement({ from, location }: { from: number; location: SourceLocation }): SourceError {
    return this.#refusalIn(from, this.bytes.length, location) ?? truncatedFault(this.location)
  }

  #refusal(): SourceError {
    const isBehindRoot = this.#automaton.isComplete
    const expected = this.#automaton.expected('the end of the file')
    return syntaxFault(this.#locate(this.#index), expected, isBehindRoot ? LINES_HINT : MEND_HINT)
  }

  /** The first error in the text of an element that may go on. */
  #refusalIn(from: number, to: number, location: SourceLocation): SourceError | undefined {
    const text = this.bytes.subarray(from, to)
    const fault = findElementFault(text, location, { atEnd: this.atEnd, isLast: true })
    return fault?.code === 'source.syntax' ? fault : undefined
  }

  #locate(index: number): SourceLocation {
    return { file: this.#file, line: this.#window.lineAt(index), byte: this.#window.start + index }
  }
}

import type { SourceError, SourceLocation } from '../../errors.js'
import { findElementFault } from './element-fault.js'
import type { Element, ElementScanner } from './element.js'
import { JsonScanner } from './json-scanner.js'
import { ANY_STEP } from './json-pointer.js'
import type { ListSearch } from './list-search.js'
import { OuterElement } from './outer-element.js'

/** What is cut out of the elements of a document. */
export interface NestedScannerOptions {
  /** The steps to the lists of records, with at least one `*`. */
  pointer: readonly string[]
  maxElementBytes: number
  isConcatenated: boolean
  /** Learns whether any element has such a list. */
  search: ListSearch
}

/**
 * Cuts out the records of many lists, such as the users of each organization. What the first `*` meets is taken whole,
 * one element after the other, so that the fields around a list are known wherever they stand.
 */
export class NestedScanner implements ElementScanner {
  elements: Element[] = []
  fault: SourceError | undefined
  readonly #file: string
  readonly #options: NestedScannerOptions
  readonly #outer: JsonScanner
  /** The steps before the first `*`, between it and the next one, and so on. */
  readonly #parts: readonly (readonly string[])[]

  constructor(file: string, options: NestedScannerOptions) {
    this.#file = file
    this.#options = options
    this.#parts = splitAtAny(options.pointer)
    this.#outer = new JsonScanner(file, { ...options, pointer: this.#parts[0] })
  }

  get bytes(): Buffer {
    return this.#outer.bytes
  }

  get location(): SourceLocation {
    return this.#outer.location
  }

  push(piece: Uint8Array): void {
    this.elements = []
    if (this.fault !== undefined) return
    this.#outer.push(piece)
    this.#enterAll()
  }

  end(): void {
    this.elements = []
    if (this.fault !== undefined) return
    this.#outer.end()
    this.#enterAll()
  }

  #enterAll(): void {
    const isSound = this.#outer.elements.every((element) => this.#enter(element, 1))
    if (isSound) this.fault = this.#outer.fault
  }

  /** Takes the records out of an element, or enters its elements in turn; false when its text is broken. */
  #enter(element: Element, depth: number): boolean {
    const pointer = this.#parts[depth]!
    const isLast = depth === this.#parts.length - 1
    const text = this.bytes.subarray(element.from, element.to)
    const scanner = new JsonScanner(this.#file, {
      pointer,
      maxElementBytes: this.#options.maxElementBytes,
      within: { start: element.location, path: this.#pathTo(depth) },
    })
    scanner.push(text)
    const found = scanner.elements
    scanner.end()
    if (scanner.fault !== undefined) {
      // The error may have misled the scanner: the first one in the text is the one to tell.
      this.fault = findElementFault(text, element.location, element) ?? scanner.fault
      return false
    }
    if (scanner.list === undefined) {
      this.#options.search.missing ??= scanner.absence
      return true
    }
    if (isLast) this.#options.search.isMet = true
    const outer = new OuterElement(
      text,
      { ...scanner.list, pointer },
      { key: element.key, parent: element.outer },
    )
    for (const item of found) {
      item.from += element.from
      item.to += element.from
      item.outer = outer
    }
    if (!isLast) return found.every((item) => this.#enter(item, depth + 1))
    for (const item of found) this.elements.push(item)
    return true
  }

  /** The steps to what is entered at a depth: `['organizations', '*']`. */
  #pathTo(depth: number): string[] {
    return this.#parts.slice(0, depth).flatMap((steps) => [...steps, ANY_STEP])
  }
}

function splitAtAny(pointer: readonly string[]): string[][] {
  const parts: string[][] = [[]]
  for (const step of pointer) {
    if (step === ANY_STEP) parts.push([])
    else parts.at(-1)!.push(step)
  }
  return parts
}

import type { SourceError, SourceLocation } from '../../errors.js'
import { isContainerStart, NULL_START, OPEN_ARRAY } from './json-bytes.js'
import { duplicatePathFault, scalarOnPathFault, stepMissingFault } from './path-fault.js'
import { PathLevel } from './path-level.js'

/** The way through a document to the container of the records, and how far along it the scanner is. */
export class RecordPath {
  /** Why there is no such container in a text that may lack it. */
  absence: SourceError | undefined
  readonly #steps: readonly string[]
  /** How many containers are open where the records stand. */
  readonly #recordDepth: number
  /** The steps that lead to the text, when it is an element of a file: it may then lack the container. */
  readonly #outer: readonly string[] | undefined
  /** The containers that are open on the way, the one that holds the records included. */
  readonly #levels: PathLevel[] = []

  /** @param steps undefined when the document is a record itself */
  constructor(steps: readonly string[] | undefined, outer: readonly string[] | undefined) {
    this.#steps = steps ?? []
    this.#recordDepth = steps === undefined ? 0 : steps.length + 1
    this.#outer = outer
  }

  /** How many containers are open on the way. */
  get depth(): number {
    return this.#levels.length
  }

  /** True where the values are records. */
  get isAtRecords(): boolean {
    return this.#levels.length >= this.#recordDepth
  }

  /** The key of the record at hand; undefined in an array, and for a document. */
  get key(): string | undefined {
    const level = this.#levels.at(-1)
    return level === undefined || level.isArray ? undefined : level.key
  }

  /** What may follow on the value at hand, for a message. */
  get atEnd(): string {
    const level = this.#levels.at(-1)
    if (level === undefined) return 'whitespace before the next document'
    return level.isArray ? 'a comma or ]' : 'a comma or }'
  }

  /** Meets a value that is no record; true when the path leads into it. */
  meetValue(): boolean {
    const level = this.#levels.at(-1)
    if (level === undefined) return true
    if (level.isArray) level.enterNext()
    const isOnPath = level.key === this.#steps[this.#levels.length - 1]
    if (isOnPath) level.isMet = true
    return isOnPath
  }

  /** Enters the value that the path leads into; answers why that cannot be. */
  enter(firstByte: number, location: SourceLocation): SourceError | undefined {
    if (isContainerStart(firstByte)) {
      this.#levels.push(new PathLevel(firstByte === OPEN_ARRAY, location))
      return undefined
    }
    if (this.#outer !== undefined && firstByte === NULL_START) return undefined
    return scalarOnPathFault(location, { ...this.#place(this.depth), firstByte })
  }

  /** Meets a key of the container at hand; answers why it may not stand there. */
  meetKey(key: string, location: SourceLocation): SourceError | undefined {
    const level = this.#levels.at(-1)!
    const depth = this.#levels.length - 1
    level.enterKey(key)
    const isOnPath = depth < this.#steps.length && key === this.#steps[depth]
    return isOnPath && level.isMet ? duplicatePathFault(location, this.#place(depth)) : undefined
  }

  /** Leaves the container at hand; answers why that may not be the end of it. */
  leave(): SourceError | undefined {
    const isList = this.isAtRecords
    const level = this.#levels.pop()!
    if (isList || level.isMet) return undefined
    const place = this.#place(this.depth)
    const fault = stepMissingFault(level.location, { ...place, found: level.describe() })
    if (this.#outer === undefined) return fault
    this.absence = fault
    return undefined
  }

  #place(depth: number): { pointer: readonly string[]; depth: number } {
    const outer = this.#outer ?? []
    return { pointer: [...outer, ...this.#steps], depth: outer.length + depth }
  }
}

import { ByteWindow } from './byte-window.js'
import { JsonAutomaton } from './json-automaton.js'
import { OPEN_ARRAY, OPEN_OBJECT } from './json-bytes.js'

/** Entries of an object that are told apart; of the others it is known that they are there. */
const ENTRIES_SHOWN = 50
/** Objects inside objects that are entered. */
const DEEPEST = 5

/** A container of a document: how many values it has, and which. */
export interface OutlineNode {
  kind: 'array' | 'object'
  values: { objects: number; arrays: number; scalars: number }
  /** The containers among the first entries of an object by their keys, scalars as undefined; empty for an array. */
  entries: Map<string, OutlineNode | undefined>
}

/** Reads a document for its outline, in pieces of any size. */
export class OutlineScanner {
  root: OutlineNode | undefined
  /** True when nothing more is to be learnt: the root is an array or a scalar, or the text is no JSON. */
  isOver = false
  bytesRead = 0
  readonly #window = new ByteWindow()
  readonly #automaton = new JsonAutomaton(0)
  readonly #open: OutlineNode[] = []
  #index = 0
  /** Where the key at hand begins. */
  #keyFrom: number | undefined
  #key = ''

  /** False when the text is no JSON, or not all of it came. Unknown behind the beginning of an array. */
  get isSound(): boolean {
    return this.#automaton.event !== 'refused' && (this.isOver || this.#automaton.isComplete)
  }

  push(piece: Uint8Array): void {
    if (this.isOver) return
    const keep = this.#keyFrom ?? this.#window.bytes.length
    this.#window.append(piece, keep)
    this.#index -= keep
    if (this.#keyFrom !== undefined) this.#keyFrom = 0
    this.bytesRead += piece.length
    while (!this.isOver && this.#step()) continue
  }

  /** Reads up to the next thing that matters; false when the piece ends before it. */
  #step(): boolean {
    const { bytes } = this.#window
    this.#index = this.#automaton.run(bytes, this.#index)
    switch (this.#automaton.event) {
      case 'value':
        this.#atValue(bytes[this.#index]!)
        return true
      case 'key':
        this.#keyFrom = this.#index
        return true
      case 'keyEnd':
        this.#key = JSON.parse(bytes.toString('utf8', this.#keyFrom, this.#index)) as string
        this.#keyFrom = undefined
        return true
      case 'close':
        this.#open.pop()
        this.#automaton.watch(this.#open.length)
        return true
      case 'refused':
        this.isOver = true
        return false
      case 'more':
        return false
    }
  }

  #atValue(firstByte: number): void {
    const node = nodeFor(firstByte)
    const parent = this.#open.at(-1)
    if (parent === undefined) {
      this.root = node
      this.isOver = node?.kind !== 'object'
    } else {
      parent.values[node === undefined ? 'scalars' : node.kind === 'array' ? 'arrays' : 'objects'] += 1
      if (parent.kind === 'array' || parent.entries.size >= ENTRIES_SHOWN) return
      parent.entries.set(this.#key, node)
    }
    if (node === undefined || this.#open.length >= DEEPEST) return
    this.#open.push(node)
    this.#automaton.watch(this.#open.length)
  }
}

function nodeFor(firstByte: number): OutlineNode | undefined {
  if (firstByte !== OPEN_OBJECT && firstByte !== OPEN_ARRAY) return undefined
  const kind = firstByte === OPEN_OBJECT ? 'object' : 'array'
  return { kind, values: { objects: 0, arrays: 0, scalars: 0 }, entries: new Map() }
}

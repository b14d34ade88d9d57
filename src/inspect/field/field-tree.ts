import type { MemoryBudget } from '../counting/memory-budget.js'
import { FieldStats } from './field-stats.js'
import type { Step } from './field-path.js'

/** Fields of the record itself that are told apart; the others are counted together. */
const MOST_FIELDS = 500
/** The same for objects inside records, which may be dictionaries. */
const MOST_INNER_FIELDS = 60
/** Deeper values are not looked into. */
const DEEPEST = 8
/** All fields of a collection. */
const MOST_FIELDS_IN_ALL = 2_000

/** A field met in the records, and the fields of the objects it holds. */
export interface FieldNode {
  steps: readonly Step[]
  stats: FieldStats
  /** Of the objects that it holds. */
  inner: ObjectNode
  /** Of the elements of the arrays that it holds. */
  elements: FieldNode | undefined
}

/** Objects met at one place, and their fields in the order they came. */
export interface ObjectNode {
  objects: number
  fields: Map<string, FieldNode>
  /** Every field beyond the number that is told apart. */
  others: FieldNode | undefined
}

/** Counts the fields of records, those of inner objects and of the elements of arrays too. */
export class FieldTree {
  readonly root: ObjectNode = emptyObject()
  #fields = 0
  readonly #budget: MemoryBudget

  constructor(budget: MemoryBudget) {
    this.#budget = budget
  }

  add(record: object): void {
    this.#addObject(record as Record<string, unknown>, this.root, [], MOST_FIELDS)
  }

  /** Every field in the order of the first record that has it, inner ones behind their own. */
  *[Symbol.iterator](): Generator<{ node: FieldNode; of: number }, void, undefined> {
    yield* walk(this.root)
  }

  #addObject(
    object: Record<string, unknown>,
    place: ObjectNode,
    steps: readonly Step[],
    mostFields: number,
  ): void {
    place.objects += 1
    for (const key of Object.keys(object)) {
      const node = place.fields.get(key) ?? this.#newField(place, key, steps, mostFields)
      this.#addValue(object[key], node)
    }
  }

  #newField(place: ObjectNode, key: string, steps: readonly Step[], mostFields: number): FieldNode {
    if (place.fields.size < mostFields && this.#fields < MOST_FIELDS_IN_ALL) {
      const node = this.#node([...steps, { kind: 'key', key }])
      place.fields.set(key, node)
      return node
    }
    place.others ??= this.#node([...steps, { kind: 'anyKey' }])
    return place.others
  }

  #addValue(value: unknown, node: FieldNode): void {
    const isObject = node.stats.add(value)
    if (node.steps.length >= DEEPEST) return
    if (isObject) {
      this.#addObject(value as Record<string, unknown>, node.inner, node.steps, MOST_INNER_FIELDS)
    } else if (Array.isArray(value) && value.length > 0) {
      node.elements ??= this.#node([...node.steps, { kind: 'elements' }])
      for (const element of value) this.#addValue(element, node.elements)
    }
  }

  #node(steps: readonly Step[]): FieldNode {
    this.#fields += 1
    return { steps, stats: new FieldStats(this.#budget), inner: emptyObject(), elements: undefined }
  }
}

function emptyObject(): ObjectNode {
  return { objects: 0, fields: new Map(), others: undefined }
}

function* walk({ objects, fields, others }: ObjectNode): Generator<{ node: FieldNode; of: number }> {
  for (const node of fields.values()) yield* walkField(node, objects)
  if (others !== undefined) yield* walkField(others, others.stats.present)
}

function* walkField(node: FieldNode, of: number): Generator<{ node: FieldNode; of: number }> {
  yield { node, of }
  if (node.elements !== undefined) yield* walkField(node.elements, node.elements.stats.present)
  yield* walk(node.inner)
}

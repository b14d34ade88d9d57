import { isWrittenNumber } from '../../written-number.js'
import { IdentityCounter } from '../counting/identity-counter.js'
import type { MemoryBudget } from '../counting/memory-budget.js'
import { ValueCounts } from '../counting/value-counts.js'
import { classifyText } from '../text/classify-text.js'
import { extendedValue } from '../text/extended-json.js'
import { Characters, scanText, type TextScan } from '../text/scan-text.js'
import type { TypeCounts } from './field-profile.js'
import { InstantRange } from './instant-range.js'
import { classifyNumber, NumberRange } from './number-range.js'
import { TextStats } from './text-stats.js'

const EXAMPLES = 3
/** Different dates have different patterns when digits are left out; more kinds than this are noise. */
const MOST_PATTERNS = 40

/** Counts what the values of one field are. Its memory does not grow with their number, beyond what the budget gives. */
export class FieldStats {
  present = 0
  readonly types: TypeCounts = {
    text: 0,
    integer: 0,
    bigInteger: 0,
    decimal: 0,
    boolean: 0,
    object: 0,
    array: 0,
    null: 0,
  }
  readonly patterns = new Map<string, number>()
  readonly texts = new TextStats()
  readonly numbers = new NumberRange()
  readonly instants = new InstantRange()
  readonly epochs = { seconds: new NumberRange(), milliseconds: new NumberRange() }
  readonly elements = { min: Infinity, max: 0, total: 0 }
  readonly identity: IdentityCounter
  readonly values = new ValueCounts()
  readonly examples: string[] = []

  constructor(budget: MemoryBudget) {
    this.identity = new IdentityCounter(budget)
  }

  /** Counts a value; answers true when it is an object whose fields are to be counted too. */
  add(value: unknown): boolean {
    this.present += 1
    switch (typeof value) {
      case 'string':
        this.types.text += 1
        this.#addText(value)
        return false
      case 'number':
        this.#addNumber(value)
        return false
      case 'bigint':
        this.types.bigInteger += 1
        this.numbers.add(value)
        this.numbers.addDigits(String(value))
        this.#identify(String(value))
        return false
      case 'boolean':
        this.types.boolean += 1
        this.#identify(String(value))
        return false
      default:
        return this.#addContainer(value)
    }
  }

  #addText(text: string): void {
    const scan = scanText(text)
    this.texts.add(text, scan)
    if (text === '') return
    const pattern = classifyText(text, scan)
    if (pattern !== undefined) this.#addPattern(pattern, text)
    this.#identify(text, scan)
  }

  #addPattern(pattern: string, text: string): void {
    this.#countPattern(pattern)
    if (pattern === 'integer' || pattern === 'decimal') this.numbers.addDigits(text.trim())
    else this.instants.add(text, pattern)
  }

  #addNumber(value: number): void {
    const isInteger = Number.isInteger(value)
    if (isInteger) this.types.integer += 1
    else this.types.decimal += 1
    this.numbers.add(value)
    const text = String(value)
    if (!text.includes('e')) this.numbers.addDigits(text)
    const epoch = isInteger ? classifyNumber(value) : undefined
    if (epoch !== undefined) {
      this.#countPattern(epoch)
      this.epochs[epoch === 'epoch-seconds' ? 'seconds' : 'milliseconds'].add(value)
    }
    this.#identify(text)
  }

  #addContainer(value: unknown): boolean {
    if (isWrittenNumber(value)) {
      this.types.decimal += 1
      this.numbers.addDigits(value.text)
      this.#identify(value.text)
      return false
    }
    if (value === null || value === undefined) {
      this.types.null += 1
      return false
    }
    if (Array.isArray(value)) {
      this.types.array += 1
      this.elements.min = Math.min(this.elements.min, value.length)
      this.elements.max = Math.max(this.elements.max, value.length)
      this.elements.total += value.length
      return false
    }
    this.types.object += 1
    const extended = extendedValue(value)
    if (extended === undefined) return true
    this.#countPattern(extended.kind)
    const text = String(extended.inner)
    if (extended.kind === '$date') this.instants.add(text, 'iso-timestamp')
    this.#identify(text)
    return false
  }

  #countPattern(pattern: string): void {
    const count = this.patterns.get(pattern)
    if (count !== undefined || this.patterns.size < MOST_PATTERNS)
      this.patterns.set(pattern, (count ?? 0) + 1)
  }

  #identify(text: string, scan: TextScan = scanText(text)): void {
    this.values.add(text)
    if (this.examples.length < EXAMPLES && !this.examples.includes(text)) this.examples.push(text)
    this.identity.add(scan.hash, this.identity.isFolding ? foldedHash(text, scan) : scan.hash)
  }
}

const FOLDS = Characters.upper | Characters.space | Characters.wide

/** The hash of the text without case and spaces at its ends: `' Ada@X.org'` has that of `'ada@x.org'`. */
function foldedHash(text: string, { hash, kinds }: TextScan): number {
  if ((kinds & FOLDS) === 0) return hash
  const folded = text.trim().toLowerCase()
  return folded === text ? hash : scanText(folded).hash
}

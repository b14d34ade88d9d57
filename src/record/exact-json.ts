import { isWrittenNumber } from '../written-number.js'
import { longestText } from './longest-text.js'

/** A value as JSON text. */
export interface ExactJson {
  readonly text: string
  /** Read again as a source is read, the text gives the very same value. */
  readonly isExact: boolean
}

/**
 * A legacy value as JSON text: numbers with all of their digits, nesting of any depth, halves of characters and NUL as
 * escapes. What JSON has no word for (a `Date`, `undefined`, `NaN`) is written as near as it can be, and `isExact` is false;
 * undefined for what cannot be written at all: a circle, a getter that throws, more text than fits into one string.
 */
export function exactJson(value: unknown): ExactJson | undefined {
  const writer = new Writer()
  try {
    return writer.write(value) ? { text: writer.parts.join(''), isExact: writer.isExact } : undefined
  } catch {
    // A function of the value's own, or a text that grew too long.
    return undefined
  }
}

/** A list or an object that is half written. */
interface Frame {
  readonly container: object
  /** Undefined for a list. */
  readonly keys: readonly string[] | undefined
  readonly length: number
  next: number
  isFirst: boolean
}

/** Keeps a list of what is open instead of calling itself: nesting has no limit. */
class Writer {
  readonly parts: string[] = []
  isExact = true
  #length = 0
  readonly #open: Frame[] = []
  readonly #within = new Set<object>()

  /** False when there is nothing to write. */
  write(value: unknown): boolean {
    if (!this.#begin(value, '')) return false
    for (let frame = this.#open.at(-1); frame !== undefined; frame = this.#open.at(-1)) {
      if (frame.next < frame.length) this.#writeMember(frame)
      else this.#end(frame)
    }
    return true
  }

  #writeMember(frame: Frame): void {
    const { keys, container } = frame
    const key = keys?.[frame.next] ?? String(frame.next)
    const member = (container as Readonly<Record<string, unknown>>)[key]
    const comma = frame.isFirst ? '' : ','
    frame.next += 1
    if (this.#begin(member, keys === undefined ? comma : `${comma}${JSON.stringify(key)}:`))
      frame.isFirst = false
    else {
      this.isExact = false
      if (keys !== undefined) return
      this.#add(`${comma}null`)
      frame.isFirst = false
    }
  }

  /** Writes a value, or its opening bracket; false when JSON has nothing for it. */
  #begin(value: unknown, before: string): boolean {
    const scalar = this.#scalar(value)
    if (scalar !== undefined) {
      this.#add(before + scalar)
      return true
    }
    if (typeof value !== 'object' || value === null) return false
    if ('toJSON' in value && typeof value.toJSON === 'function') {
      this.isExact = false
      return this.#begin((value.toJSON as () => unknown)(), before)
    }
    if (this.#within.has(value)) throw new RangeError('a circle')
    this.#within.add(value)
    const isList = Array.isArray(value)
    const prototype: unknown = Object.getPrototypeOf(value)
    if (!isList && prototype !== Object.prototype && prototype !== null) this.isExact = false
    const keys = isList ? undefined : Object.keys(value)
    const length = keys?.length ?? (value as unknown[]).length
    this.#add(before + (isList ? '[' : '{'))
    this.#open.push({ container: value, keys, length, next: 0, isFirst: true })
    return true
  }

  #end({ container, keys }: Frame): void {
    this.#add(keys === undefined ? ']' : '}')
    this.#within.delete(container)
    this.#open.pop()
  }

  #scalar(value: unknown): string | undefined {
    if (isWrittenNumber(value)) return value.text
    switch (typeof value) {
      case 'string':
        return JSON.stringify(value)
      case 'boolean':
        return String(value)
      case 'bigint':
        // A source gives a small one as a plain number.
        if (Number.isSafeInteger(Number(value))) this.isExact = false
        return String(value)
      case 'number':
        return this.#number(value)
      default:
        return value === null ? 'null' : undefined
    }
  }

  #number(value: number): string {
    const isRead = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
    if (!isRead) this.isExact = false
    if (!Number.isFinite(value)) return 'null'
    return Object.is(value, -0) ? '-0' : String(value)
  }

  #add(text: string): void {
    this.#length += text.length
    if (this.#length > longestText) throw new RangeError('too long')
    this.parts.push(text)
  }
}

import { Action, JSON_GRAMMAR, State, WATCHED } from './json-grammar.js'

// Constants of this file for the loop over all bytes: imported ones would cost it a quarter of its speed.
const GRAMMAR = JSON_GRAMMAR
const FIRST_ACTION = Action.openObject
const FIRST_PEEK = Action.endNumber
const IN_STRING = State.string

/**
 * Why the automaton stopped. At the watched depth: a `value` or a `key` begins at the byte it stopped at, a key ended
 * before it (`keyEnd`), a container was closed (`close`). Anywhere: the byte is not allowed here (`refused`), or there
 * is no byte left (`more`).
 */
export type JsonEvent = 'value' | 'key' | 'keyEnd' | 'close' | 'refused' | 'more'

/**
 * Reads one JSON text as strictly as `JSON.parse`, in pieces of any size, and keeps nothing of it but the kinds of
 * the containers that are open.
 */
export class JsonAutomaton {
  /** Why `run` returned. */
  event: JsonEvent = 'more'
  #state: number
  #watchDepth: number
  readonly #isObject: boolean[] = []
  #inKey = false

  /** @param watchDepth how many containers are open where values and keys are announced; -1 announces nothing. */
  constructor(watchDepth = -1) {
    this.#watchDepth = watchDepth
    this.#state = this.#entering(State.value)
  }

  /** Announces from now on what stands inside that many containers. */
  watch(depth: number): void {
    this.#watchDepth = depth
  }

  /** Reads until there is something to tell, which is then in `event`; returns the index of the next byte. */
  run(bytes: Uint8Array, from: number): number {
    const end = bytes.length
    let state = this.#state
    let index = from
    this.event = 'more'
    while (index < end) {
      const next = GRAMMAR[(state << 8) | bytes[index]!]!
      if (next < FIRST_ACTION) {
        state = next
        index += 1
        // Most bytes are inside strings, where the next cell need not wait for the last one.
        if (next === IN_STRING) {
          while (index < end && IN_STRING === GRAMMAR[(IN_STRING << 8) | bytes[index]!]) index += 1
        }
        continue
      }
      this.#state = state
      this.event = this.#act(next)
      if (this.event === 'refused') return index
      if (next < FIRST_PEEK) index += 1
      if (this.event !== 'more') return index
      state = this.#state
    }
    this.#state = state
    return index
  }

  /** Begins another text behind one that is complete. */
  restart(): void {
    this.#state = this.#entering(State.value)
  }

  /** Goes on behind a value that was announced and that the caller has read himself. */
  valueTaken(): void {
    this.#state = this.#afterValue()
  }

  /** True when the text could end here. */
  get isComplete(): boolean {
    if (this.#isObject.length > 0) return false
    const state = this.#state
    const endsNumber =
      state === State.zero ||
      state === State.integer ||
      state === State.fraction ||
      state === State.exponentDigits
    return state === State.done || endsNumber
  }

  /** True while nothing but whitespace has been read. */
  get isBlank(): boolean {
    const atValue = this.#state === State.value || this.#state === State.watchedValue
    return atValue && this.#isObject.length === 0
  }

  /** What the grammar allows at this place, for a message: `a comma or }`. */
  expected(atEnd: string): string {
    const state = this.#state
    if (state === State.done) return atEnd
    if (state === State.value || state === State.watchedValue) return 'a value'
    if (state === State.firstValue || state === State.watchedFirstValue) return 'a value or ]'
    if (state === State.key || state === State.watchedKey) return 'a key in double quotes'
    if (state === State.firstKey || state === State.watchedFirstKey) return 'a key in double quotes or }'
    if (state === State.colon) return 'a colon'
    if (state === State.after) return this.#isObject.at(-1) ? 'a comma or }' : 'a comma or ]'
    if (state === State.string) return 'an escape such as \\n instead of a control character'
    if (state === State.escape) return 'one of " \\ / b f n r t u after the backslash'
    if (state <= State.hex1) return 'four hexadecimal digits after \\u'
    if (state <= State.exponentDigits) return 'a digit'
    return 'true, false or null'
  }

  #act(action: number): JsonEvent {
    const { length: depth } = this.#isObject
    switch (action) {
      case Action.openObject:
        this.#isObject.push(true)
        this.#state = this.#entering(State.firstKey)
        return 'more'
      case Action.openArray:
        this.#isObject.push(false)
        this.#state = this.#entering(State.firstValue)
        return 'more'
      case Action.closeObject:
      case Action.closeArray:
        return this.#close(action === Action.closeObject)
      case Action.openKey:
        this.#inKey = true
        this.#state = State.string
        return 'more'
      case Action.colon:
        this.#state = this.#entering(State.value)
        return 'more'
      case Action.comma:
        this.#state = this.#entering(this.#isObject[depth - 1] ? State.key : State.value)
        return 'more'
      case Action.endString:
        if (!this.#inKey) return this.#endValue()
        this.#inKey = false
        this.#state = State.colon
        return depth === this.#watchDepth ? 'keyEnd' : 'more'
      case Action.endLiteral:
      case Action.endNumber:
        return this.#endValue()
      case Action.announceValue:
        this.#state = State.value
        return 'value'
      case Action.announceKey:
        this.#state = State.key
        return 'key'
      default:
        return 'refused'
    }
  }

  #close(isObject: boolean): JsonEvent {
    const depth = this.#isObject.length
    if (this.#isObject[depth - 1] !== isObject) return 'refused'
    this.#isObject.pop()
    this.#state = this.#afterValue()
    return depth === this.#watchDepth ? 'close' : 'more'
  }

  #endValue(): JsonEvent {
    this.#state = this.#afterValue()
    return 'more'
  }

  #afterValue(): number {
    return this.#isObject.length === 0 ? State.done : State.after
  }

  #entering(state: number): number {
    return this.#isObject.length === this.#watchDepth ? state + WATCHED : state
  }
}

import { parseExactJson } from '../parse-exact-json.js'

/** An element that a `*` of the path has met, without the list that leads on to the records. */
export class OuterElement {
  readonly #text: Buffer
  readonly #list: { from: number; to: number }
  readonly #pointer: readonly string[]
  readonly #key: string | undefined
  readonly #parent: OuterElement | undefined
  #value: Readonly<Record<string, unknown>> | undefined

  /**
   * @param text of the element; it must be valid JSON around the list, and is read when the value is first asked for
   * @param list where the list stands in the text, and the steps that lead to it
   */
  constructor(
    text: Buffer,
    list: { from: number; to: number; pointer: readonly string[] },
    { key, parent }: { key: string | undefined; parent: OuterElement | undefined },
  ) {
    this.#text = text
    this.#list = list
    this.#pointer = list.pointer
    this.#key = key
    this.#parent = parent
  }

  /** `{"id": 1, "users": […]}` → `{ id: 1 }`, with the `$key` under which it stands and its own `$parent`. */
  get value(): Readonly<Record<string, unknown>> {
    this.#value ??= {
      ...this.#fields(),
      ...(this.#key === undefined ? {} : { $key: this.#key }),
      ...(this.#parent === undefined ? {} : { $parent: this.#parent.value }),
    }
    return this.#value
  }

  /** Those of an array are named by their indexes; an element that is the list itself has none. */
  #fields(): object {
    const { from, to } = this.#list
    const last = this.#pointer.at(-1)
    if (last === undefined) return {}
    const before = this.#text.toString('utf8', 0, from)
    const behind = this.#text.toString('utf8', to)
    const fields = { ...(parseExactJson(`${before}null${behind}`) as object) }
    let holder: unknown = fields
    // Every step is an own key, `__proto__` as well: the scanner has met it.
    for (const step of this.#pointer.slice(0, -1)) holder = (holder as Record<string, unknown>)[step]
    // In an array the null stays, so that what stands behind it keeps its index.
    if (!Array.isArray(holder)) delete (holder as Record<string, unknown>)[last]
    return fields
  }
}

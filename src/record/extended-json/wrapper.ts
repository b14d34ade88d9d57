/** What a type wrapper should have held instead, as a phrase without the value. */
export class Malformed {
  readonly expected: string

  constructor(expected: string) {
    this.expected = expected
  }
}

/** How the object of one type wrapper of MongoDB Extended JSON is read. */
export interface Wrapper {
  /** Keys that may stand beside the wrapper's own. */
  readonly beside?: readonly string[]
  /** The value that is meant; `undefined` stands for a property that is missing. */
  readonly read: (content: unknown, object: Readonly<Record<string, unknown>>) => unknown
}

/** A wrapper of text of one form. */
export function textWrapper(form: RegExp, expected: string, make: (text: string) => unknown): Wrapper {
  return {
    read: (content) =>
      typeof content === 'string' && form.test(content) ? make(content) : new Malformed(expected),
  }
}

/** A plain object that has exactly these keys. */
export function hasExactly(
  value: unknown,
  keys: readonly string[],
): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const own = Object.keys(value)
  return own.length === keys.length && keys.every((key) => Object.hasOwn(value, key))
}

import { BACKSLASH, QUOTE } from './json/json-bytes.js'
import { type ExactNumber, readNumber } from './read-number.js'

/** A number that may have more digits, or a larger exponent, than is safe; also found inside strings. */
const SUSPECT = /[:,[\s]-?\d(?:[\d.]{15}|[\d.]*[eE](?:\+?\d|-\d{3}))/
/** A text that is a number itself, which nothing announces. */
const STARTS_AS_NUMBER = /^-?\d/

/** Too short to lose a digit, and without an exponent. */
const PLAIN_NUMBER = /^-?[\d.]{1,15}$/
const NUMBER_CHARACTERS = /[-+.\deE]+/y

/** The smallest integer that more than one number text can mean. */
const FIRST_UNSAFE = 2 ** 53

/**
 * What `JSON.parse` makes of the text, but with every number exact: an integer beyond ±(2^53 - 1) arrives as `bigint`,
 * any other that a double would change, or that would be taken for a changed one, as it was written (`1e400`, `1e20`).
 *
 * @throws SyntaxError when `JSON.parse` would
 */
export function parseExactJson(text: string): unknown {
  if (!SUSPECT.test(text) && !STARTS_AS_NUMBER.test(text)) return JSON.parse(text)
  const exact: ExactNumber[] = []
  const value: unknown = JSON.parse(substituteNumbers(text, exact))
  return exact.length === 0 ? value : restoreNumbers(value, exact)
}

/**
 * Puts every number that is beyond the safe integers or would lose digits into `exact`, and in its place the number
 * that says where it went: 2^53 for the first, 2^53 + 2 for the second, and so on. No other number of the result is as
 * large, so none can be taken for one of these.
 */
function substituteNumbers(text: string, exact: ExactNumber[]): string {
  let result = ''
  let copied = 0
  let index = 0
  while (index < text.length) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) {
      index = endOfString(text, index)
    } else if (!startsNumber(code)) {
      index += 1
    } else {
      NUMBER_CHARACTERS.lastIndex = index
      const token = NUMBER_CHARACTERS.exec(text)![0]
      const number = PLAIN_NUMBER.test(token) ? undefined : readNumber(token)
      if (number !== undefined && typeof number !== 'number') {
        result += text.slice(copied, index) + String(FIRST_UNSAFE + 2 * exact.length)
        copied = index + token.length
        exact.push(number)
      }
      index += token.length
    }
  }
  return result + text.slice(copied)
}

function endOfString(text: string, start: number): number {
  let index = start + 1
  while (index < text.length) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) return index + 1
    index += code === BACKSLASH ? 2 : 1
  }
  return index
}

function startsNumber(code: number): boolean {
  return code === 0x2d || (code >= 0x30 && code <= 0x39)
}

/** Undoes the substitution in place. A list of what is left to do instead of recursion: nesting has no limit. */
function restoreNumbers(value: unknown, exact: readonly ExactNumber[]): unknown {
  const root = [value]
  const pending: object[] = [root]
  for (let container = pending.pop(); container !== undefined; container = pending.pop()) {
    const entries = container as Record<string, unknown>
    // Own keys alone, so that writing to a `__proto__` among them cannot reach the prototype.
    for (const key of Object.keys(entries)) {
      const entry = entries[key]
      if (typeof entry === 'object' && entry !== null) pending.push(entry)
      else if (typeof entry === 'number' && entry >= FIRST_UNSAFE)
        entries[key] = exact[(entry - FIRST_UNSAFE) / 2]
    }
  }
  return root[0]
}

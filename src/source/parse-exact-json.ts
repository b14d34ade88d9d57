import { exactNumber } from './exact-number.js'

/** A number that may have more digits, or a larger exponent, than a double holds; also found inside strings. */
const SUSPECT = /[:,[\s]-?\d(?:[\d.]{15}|[\d.]*[eE][+-]?\d{3})/
/** A text that is a number itself, which nothing announces. */
const STARTS_AS_NUMBER = /^-?\d/

/** Too short to have lost a digit; an exponent needs a closer look. */
const PLAIN_NUMBER = /^-?[\d.]{1,15}$/
const NUMBER_RUN = /[-+.\d eE]*/y

/** The first integer that two different number texts can mean. */
const FIRST_UNSAFE = 2 ** 53

/**
 * What `JSON.parse` makes of the text, but with every number exact: an integer beyond ±(2^53 - 1) arrives as `bigint`,
 * any other number that a double would change as its text (`1e400` → `'1e400'`).
 *
 * @throws SyntaxError when `JSON.parse` would
 */
export function parseExactJson(text: string): unknown {
  if (!SUSPECT.test(text) && !STARTS_AS_NUMBER.test(text)) return JSON.parse(text)
  const { marked, exact } = markNumbers(text)
  const value: unknown = JSON.parse(marked)
  return exact.length === 0 ? value : restoreNumbers(value, exact)
}

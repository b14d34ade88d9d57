import type { ColumnType } from './column-type.js'
import { refuse, refuseKind, type Encoded, type Refused } from './encoded.js'

type ArrayType = Extract<ColumnType, { kind: 'array' }>

type Encode = (element: unknown) => Encoded

/** Postgres' MAXDIM. */
const DIMENSIONS = 6

/**
 * A Postgres array literal, written as Postgres prints it (manual, 8.15.6): quotes only where they are needed.
 * `['a', null, 'b c']` → `'{a,NULL,"b c"}'` · `[[1, 2], [3, 4]]` → `'{{1,2},{3,4}}'`
 *
 * Nested arrays must all have the same length. The first element that is refused speaks for the array.
 *
 * @param encode what encodes one element
 */
export function encodeArray({ element }: ArrayType, value: unknown, encode: Encode): Encoded {
  if (!Array.isArray(value)) return refuseKind('an array', value)
  // An array inside a json[] is a value, not a dimension.
  const lengths = element.kind === 'json' ? [value.length] : lengthsOf(value)
  if (lengths.length > DIMENSIONS) {
    return refuse('out_of_range', `an array of at most ${DIMENSIONS} dimensions`, 'more dimensions')
  }
  const literal = writeLevel(encode, value, lengths, 0)
  return typeof literal === 'string' ? { text: literal } : literal
}

/** The length of each dimension, as the first elements have it: `[[1, 2], [3, 4]]` → `[2, 2]`. */
function lengthsOf(value: readonly unknown[]): number[] {
  const lengths: number[] = []
  // One past the limit is enough to know, and ends an array that holds itself.
  for (let level: unknown = value; Array.isArray(level) && lengths.length <= DIMENSIONS; level = level[0]) {
    lengths.push(level.length)
  }
  return lengths
}

function writeLevel(
  encode: Encode,
  values: readonly unknown[],
  lengths: readonly number[],
  level: number,
): string | Refused {
  const innermost = level === lengths.length - 1
  let text = ''
  for (let at = 0; at < values.length; at++) {
    const value = values[at]
    const item = innermost ? writeElement(encode, value) : writeNested(encode, value, lengths, level + 1)
    if (typeof item !== 'string') return item
    text += at === 0 ? item : ',' + item
  }
  return `{${text}}`
}

function writeNested(
  encode: Encode,
  value: unknown,
  lengths: readonly number[],
  level: number,
): string | Refused {
  // Postgres has no empty array inside another.
  if (Array.isArray(value) && value.length === lengths[level] && value.length > 0) {
    return writeLevel(encode, value, lengths, level)
  }
  return refuse('type', 'nested arrays of one length', 'an array that is not rectangular')
}

function writeElement(encode: Encode, value: unknown): string | Refused {
  const encoded = encode(value)
  if ('refusal' in encoded) return encoded
  return encoded.text === null ? 'NULL' : quoteElement(encoded.text)
}

/** Empty text, `NULL`, and what holds a brace, quote, backslash, comma or one of Postgres' blanks. */
const NEEDS_QUOTES = /^(?:null)?$|[{}"\\, \t\n\r\v\f]/i

function quoteElement(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text
}

import { isWrittenNumber, type WrittenNumber } from '../../written-number.js'
import { kindPhrase, refuse, type Encoded, type Refused } from './encoded.js'
import { decimalText, readExactDecimal } from './exact-decimal.js'
import { refuseUnstorable } from './unstorable-text.js'

/**
 * JSON text with sorted keys (by UTF-16 code unit) and no blanks, so that equal values have equal text.
 * As `JSON.stringify`: `toJSON` is honoured and undefined properties are dropped. Unlike it: a bigint and a
 * number as it was written are their digits, and what it would replace in silence (NaN, an invalid Date, undefined in an array, a function, a Map) is refused.
 *
 * `{ b: 1n, a: [true, null] }` → `'{"a":[true,null],"b":1}'`
 */
export function canonicalJson(value: unknown): Encoded {
  const written = write(value, '', 0)
  if (written === undefined) return { text: null }
  return typeof written === 'string' ? { text: written } : written
}

const EXPECTED = 'a JSON value'
const OPAQUE = 'an object whose content JSON does not show'
/** SQLite's JSON_MAX_DEPTH; Postgres ends a little later, at its stack. A cycle ends here too. */
const DEPTH = 1000

/** The text of one value; `undefined` for a property that is to be dropped. */
function write(value: unknown, key: string, depth: number): string | undefined | Refused {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'number':
      return number(value)
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'undefined':
      return undefined
    case 'object':
      if (value === null) return 'null'
      return isWrittenNumber(value) ? digits(value) : structure(value, key, depth)
    default:
      return refuse('type', EXPECTED, kindPhrase(value))
  }
}

/** Control characters and lone surrogates are excluded: text that fits needs neither a check nor an escape. */
const PLAIN = /^[^"\\\p{Cc}\p{Cs}]*$/u

function quote(text: string): string | Refused {
  return PLAIN.test(text) ? `"${text}"` : (refuseUnstorable(text) ?? JSON.stringify(text))
}

function number(value: number): string | Refused {
  if (!Number.isFinite(value)) return refuse('type', EXPECTED, kindPhrase(value))
  // Past 2^53 the number may be a neighbour of the one that was written.
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return String(value)
  return refuse('out_of_range', EXPECTED, 'an integer beyond 2^53, which was rounded on the way')
}

/** Plain digits, without zeros that say nothing: `1.50e3` → `1500`. */
function digits(value: WrittenNumber): string | Refused {
  const decimal = readExactDecimal(value, EXPECTED)
  if ('refusal' in decimal) return decimal
  return decimalText({ ...decimal, fraction: decimal.fraction.replace(/0+$/, '') })
}

function structure(value: object, key: string, depth: number): string | undefined | Refused {
  if (depth === DEPTH) return refuse('out_of_range', `JSON of at most ${DEPTH} levels`, 'more levels')
  if (Array.isArray(value)) return array(value, depth + 1)
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    if (value instanceof Date && Number.isNaN(value.getTime()))
      return refuse('type', EXPECTED, kindPhrase(value))
    const replaced: unknown = value.toJSON(key)
    // What answers itself is written as it is, or this would not end.
    return replaced === value ? object(value, depth + 1) : write(replaced, key, depth + 1)
  }
  return isRecord(value) ? object(value, depth + 1) : refuse('type', EXPECTED, OPAQUE)
}

function array(values: readonly unknown[], depth: number): string | Refused {
  let text = ''
  for (let at = 0; at < values.length; at++) {
    const item = write(values[at], String(at), depth)
    if (item === undefined) return refuse('type', EXPECTED, 'undefined in an array')
    if (typeof item !== 'string') return item
    text += at === 0 ? item : ',' + item
  }
  return `[${text}]`
}

function object(value: object, depth: number): string | Refused {
  let text = ''
  for (const key of sortedKeys(value)) {
    const item = write(value[key as keyof typeof value], key, depth)
    if (item === undefined) continue
    if (typeof item !== 'string') return item
    const name = quote(key)
    if (typeof name !== 'string') return name
    text += text === '' ? `${name}:${item}` : `,${name}:${item}`
  }
  return `{${text}}`
}

const FEW_KEYS = 16

/** The built-in sort copies its list twice, which most objects are too small for. */
function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value)
  if (keys.length > FEW_KEYS) return keys.toSorted()
  for (let at = 1; at < keys.length; at += 1) {
    const key = keys[at] as string
    let place = at
    for (; place > 0 && (keys[place - 1] as string) > key; place -= 1) keys[place] = keys[place - 1] as string
    keys[place] = key
  }
  return keys
}

/** False for what keeps its content elsewhere than in properties: `JSON.stringify(new Map())` is `{}`. */
function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return true
  return Object.prototype.toString.call(value) === '[object Object]'
}

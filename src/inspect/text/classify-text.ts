import { classifyDate } from './classify-date.js'
import { Characters, type TextScan } from './scan-text.js'

const { digit, hexLetter, lower, upper, dash, dot, colon, slash, at, space, plus, comma, other } = Characters
const LETTERS = hexLetter | lower | upper
/** Longer text is prose or JSON, and no form that is looked for here. */
const LONGEST = 320
const LONGEST_JSON = 100_000

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/
const URL_TEXT = /^[a-z][a-z\d+.-]*:\/\/\S+$/i
const ISO = /^\d{4}-\d\d-\d\d(?:([T t])\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)? ?(z|[+-]\d\d(?::?\d\d)?)?)?$/i
const RFC_2822 =
  /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC?|Z|[+-]\d{4})$/
const INTEGER = /^-?(?:0|[1-9]\d*)$/
const DECIMAL = /^-?(?:0|[1-9]\d*)\.\d+$/
const BOOLEAN = /^(?:true|false|yes|no|y|n|on|off)$/i
const HEX = /^(?:[\da-f]{2}){4,}$/i

/**
 * The form a text has: `uuid`, `object-id`, `e-mail`, `url`, `iso-date`, `iso-timestamp`, `iso-timestamp-local` (no
 * zone), `rfc-2822`, a date pattern such as `dd.MM.yyyy`, `integer`, `decimal`, `boolean`, `json`, `hex`; undefined
 * for any other. Spaces at its ends do not count.
 */
export function classifyText(text: string, { kinds }: TextScan): string | undefined {
  const trimmed = (kinds & space) === 0 ? text : text.trim()
  if ((kinds & other) !== 0 && isJson(trimmed)) return 'json'
  if (trimmed.length > LONGEST || trimmed === '') return undefined
  const only = (allowed: number): boolean => (kinds & ~(allowed | space)) === 0
  if ((kinds & at) !== 0) return EMAIL.test(trimmed) ? 'e-mail' : undefined
  if ((kinds & digit) === 0) {
    if (trimmed.length <= 5) return BOOLEAN.test(trimmed) ? 'boolean' : undefined
    if ((kinds & slash) === 0) return only(hexLetter) && HEX.test(trimmed) ? 'hex' : undefined
  }
  if ((kinds & slash) !== 0 && (kinds & colon) !== 0 && URL_TEXT.test(trimmed)) return 'url'
  if (only(digit | dash | dot)) {
    if (INTEGER.test(trimmed)) return 'integer'
    if (DECIMAL.test(trimmed)) return 'decimal'
  }
  if (only(digit | hexLetter | upper)) {
    if (trimmed.length === 24 && HEX.test(trimmed)) return 'object-id'
    return (kinds & (hexLetter | upper)) !== 0 && HEX.test(trimmed) ? 'hex' : undefined
  }
  if (trimmed.length === 36 && UUID.test(trimmed)) return 'uuid'
  if (only(digit | LETTERS | dash | dot | colon | slash | plus | comma)) return classifyMoment(trimmed)
  return undefined
}

function classifyMoment(text: string): string | undefined {
  const iso = ISO.exec(text)
  if (iso !== null) {
    if (iso[1] === undefined) return 'iso-date'
    return iso[2] === undefined ? 'iso-timestamp-local' : 'iso-timestamp'
  }
  return RFC_2822.test(text) ? 'rfc-2822' : classifyDate(text)
}

function isJson(text: string): boolean {
  const ends = `${text[0]}${text.at(-1)}`
  if ((ends !== '{}' && ends !== '[]') || text.length > LONGEST_JSON) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

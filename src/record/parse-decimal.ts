import { isWrittenNumber } from '../written-number.js'
import { roundDecimal, type Rounding } from './round-decimal.js'
import { type Separators, withoutSeparators } from './separated-decimal.js'

/** A decimal number as plain text, or what stands in the way; the value is not in the problem. */
export type ParsedDecimal = { text: string } | { problem: string }

/** How decimals are read; everything that is not said is exact and plain. */
export interface DecimalSpec {
  /** The separators of text; numbers have none. */
  readonly separators?: Separators
  /** Digits after the point that are kept, the others being rounded as `round` says. */
  readonly scale?: number
  readonly round?: Rounding
}

const DECIMAL_TEXT = /^([+-]?)(?=\.?\d)0*(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i
/** The most digits that an exponent may stand for, so that `1e100000` does not become a text of that length. */
const EXPONENT = 1_000

/**
 * A decimal number with every digit that it was written with: `' +1.50 '` → `'1.50'`, `'2e3'` → `'2000'`, `0.1` → `'0.1'`.
 * No thousands separators and no decimal comma, unless they are declared: what they mean depends on who wrote them.
 */
export function parseDecimal(value: unknown, spec: DecimalSpec = {}): ParsedDecimal {
  const decimal = readDecimal(value, spec.separators)
  if ('problem' in decimal || spec.scale === undefined || spec.round === undefined) return decimal
  return { text: roundDecimal(decimal.text, spec.scale, spec.round) }
}

function readDecimal(value: unknown, separators: Separators | undefined): ParsedDecimal {
  if (typeof value === 'bigint') return { text: String(value) }
  if (typeof value === 'number') return fromNumber(value)
  if (isWrittenNumber(value)) return fromText(value.text)
  if (typeof value !== 'string') return { problem: 'neither a number nor text' }
  const text = value.trim()
  if (separators === undefined) return fromText(text)
  return fromText(withoutSeparators(text, separators) ?? '')
}

function fromNumber(value: number): ParsedDecimal {
  if (!Number.isFinite(value)) return { problem: 'a number that is not finite' }
  // Past 2^53 the number may be a neighbour of the one that was written.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return { problem: 'an integer beyond 2^53, which was rounded on the way' }
  }
  return fromText(String(value))
}

function fromText(text: string): ParsedDecimal {
  const [, sign, integer, fraction = '', exponent = '0'] = DECIMAL_TEXT.exec(text) ?? []
  if (integer === undefined) return { problem: 'text that is not a decimal number' }
  const places = Number(exponent)
  if (Math.abs(places) > EXPONENT) return { problem: `an exponent beyond ${EXPONENT}` }
  const unsigned = withPoint(integer, fraction, places)
  return { text: sign === '-' && /[1-9]/.test(unsigned) ? '-' + unsigned : unsigned }
}

/** The digits with the point moved: `('1', '5', 3)` → `'1500'`, `('1', '5', -3)` → `'0.0015'`. */
function withPoint(integer: string, fraction: string, places: number): string {
  const digits = integer.padStart(-places, '0') + fraction.padEnd(places, '0')
  const point = Math.max(integer.length, -places) + places
  const whole = digits.slice(0, point).replace(/^0+/, '') || '0'
  return point < digits.length ? `${whole}.${digits.slice(point)}` : whole
}

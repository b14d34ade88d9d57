import { isWrittenNumber } from '../../written-number.js'
import { kindPhrase, refuse, type Refused } from './encoded.js'

/** A decimal number, digit by digit: `-1.50` → `{ negative: true, integer: '1', fraction: '50' }`. */
export interface ExactDecimal {
  negative: boolean
  /** Without leading zeros: empty for a number below one. */
  integer: string
  /** As written, trailing zeros included. */
  fraction: string
}

const DECIMAL_TEXT = /^([+-]?)(?=\.?\d)0*(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i
/** Postgres' own limits of `numeric` (manual, table 8.2). */
const INTEGER_DIGITS = 131_072
const FRACTION_DIGITS = 16_383
/** The most digits that an exponent may stand for, so that `1e100000` does not become a text of that length. */
const EXPONENT = 1_000

/**
 * Every digit of a number, bigint, written number or numeric text, exponents written out. A number has the digits of its shortest
 * text that reads back as the same number: `0.1` is `0.1`.
 */
export function readExactDecimal(value: unknown, expected: string): ExactDecimal | Refused {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    // Past 2^53 the number may be a neighbour of the one that was written.
    return refuse('out_of_range', expected, 'an integer beyond 2^53, which was rounded on the way')
  }
  if (
    typeof value === 'number'
      ? !Number.isFinite(value)
      : typeof value !== 'string' && typeof value !== 'bigint' && !isWrittenNumber(value)
  ) {
    return refuse('type', expected, kindPhrase(value))
  }
  return readDecimalText(String(value), expected)
}

/** The digits of numeric text. */
export function readDecimalText(text: string, expected: string): ExactDecimal | Refused {
  const [, sign, integer, fraction = '', exponent] = DECIMAL_TEXT.exec(text) ?? []
  if (integer === undefined) return refuse('type', expected, 'text that is not a number')
  const decimal = { negative: sign === '-', integer, fraction }
  if (exponent !== undefined) {
    if (Math.abs(Number(exponent)) > EXPONENT)
      return refuse('out_of_range', expected, `an exponent beyond ${EXPONENT}`)
    shift(decimal, Number(exponent))
  }
  if (decimal.integer.length > INTEGER_DIGITS || decimal.fraction.length > FRACTION_DIGITS) {
    return refuse('out_of_range', expected, 'more digits than a number can have')
  }
  return decimal
}

/** Moves the point: 1.5 by 3 → 1500, by -3 → 0.0015. */
function shift(decimal: ExactDecimal, places: number): void {
  const { integer, fraction } = decimal
  if (places >= 0) {
    decimal.integer = (integer + fraction.slice(0, places).padEnd(places, '0')).replace(/^0+/, '')
    decimal.fraction = fraction.slice(places)
  } else {
    const digits = integer.padStart(-places, '0')
    decimal.integer = digits.slice(0, places).replace(/^0+/, '')
    decimal.fraction = digits.slice(places) + fraction
  }
}

/** The plain text of a decimal; zero has no sign. */
export function decimalText({ negative, integer, fraction }: ExactDecimal): string {
  const sign = negative && (integer !== '' || /[1-9]/.test(fraction)) ? '-' : ''
  return sign + (integer || '0') + (fraction && '.' + fraction)
}

/** True for decimals of the same value: `1.50` and `1.5`. */
export function sameDecimal(a: ExactDecimal, b: ExactDecimal): boolean {
  const [left, right] = [a, b].map((side) =>
    decimalText({ ...side, fraction: side.fraction.replace(/0+$/, '') }),
  )
  return left === right
}

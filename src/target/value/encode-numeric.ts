import type { ColumnType } from './column-type.js'
import { refuse, type Encoded } from './encoded.js'
import { decimalText, readExactDecimal, type ExactDecimal } from './exact-decimal.js'

type NumericType = Extract<ColumnType, { kind: 'numeric' }>

/**
 * Exact decimal text, never rounded. Without a declared scale the digits stay as written, with one there are exactly
 * that many after the point: `1.5` in `numeric` → `'1.5'`, in `numeric(10,2)` → `'1.50'`; `'1.505'` is refused there.
 */
export function encodeNumeric(type: NumericType, value: unknown): Encoded {
  const expected = numericPhrase(type)
  const decimal = readExactDecimal(value, expected)
  if ('refusal' in decimal) return decimal
  const { precision } = type
  if (precision === undefined) return { text: decimalText(decimal) }

  const scale = type.scale ?? 0
  const units = inUnits(decimal, scale)
  if (units === undefined) return refuse('out_of_range', expected, digitsAfterPoint(decimal))
  if (units.length > precision)
    return refuse('out_of_range', expected, `${decimal.integer.length} digits before the point`)
  decimal.fraction = decimal.fraction.slice(0, Math.max(scale, 0)).padEnd(scale, '0')
  return { text: decimalText(decimal) }
}

/**
 * The significant digits of the number counted in units of its last place, `undefined` when it is no whole number of
 * them. Postgres 15 allows a negative scale (hundreds) and one above the precision (only small fractions).
 */
function inUnits({ integer, fraction }: ExactDecimal, scale: number): string | undefined {
  const digits = scale >= 0 ? integer + fraction.slice(0, scale).padEnd(scale, '0') : integer.slice(0, scale)
  const rest = scale >= 0 ? fraction.slice(scale) : integer.slice(scale) + fraction
  return /[1-9]/.test(rest) ? undefined : digits.replace(/^0+/, '')
}

function numericPhrase({ precision, scale = 0 }: NumericType): string {
  if (precision === undefined) return 'a decimal number'
  if (scale < 0) return `a decimal number of at most ${precision} digits and ${-scale} zeros`
  return `a decimal number of at most ${precision} digits, ${scale} of them after the point`
}

function digitsAfterPoint({ fraction }: ExactDecimal): string {
  const { length } = fraction.replace(/0+$/, '')
  return length === 0 ? 'other digits in the place of zeros' : `${length} digits after the point`
}

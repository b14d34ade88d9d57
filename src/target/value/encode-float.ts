import type { ColumnType } from './column-type.js'
import { kindPhrase, refuse, type Encoded, type Refused } from './encoded.js'
import { readDecimalText, readExactDecimal, sameDecimal } from './exact-decimal.js'

type FloatType = Extract<ColumnType, { kind: 'float' }>

/**
 * The shortest text that reads back as the same number of the column's width, as Postgres prints it (manual, 8.1.3),
 * with JavaScript's exponents: `0.1` → `'0.1'`, `1e21` → `'1e+21'`. Digits that the width does not hold are refused.
 */
export function encodeFloat(type: FloatType, value: unknown): Encoded {
  const number = readDouble(type, value)
  if (typeof number !== 'number') return number
  if (type.bits === 64) return { text: String(number) }
  const shortest = shortestSingle(number)
  return shortest === undefined ? lost(type) : { text: String(shortest) }
}

function readDouble(type: FloatType, value: unknown): number | Refused {
  const expected = floatPhrase(type)
  if (typeof value === 'number')
    return Number.isFinite(value) ? value : refuse('type', expected, kindPhrase(value))
  const written = readExactDecimal(value, expected)
  if ('refusal' in written) return written
  const number = Number(value)
  if (!Number.isFinite(number)) return lost(type)
  const held = readDecimalText(String(number), expected)
  return !('refusal' in held) && sameDecimal(written, held) ? number : lost(type)
}

/**
 * What a four-byte float shows of a number, `undefined` when that is neither the number itself nor its exact value:
 * `0.1` → `0.1`, `16777217` → `undefined`. Nine digits are always enough (IEEE 754).
 */
function shortestSingle(number: number): number | undefined {
  const single = Math.fround(number)
  if (!Number.isFinite(single)) return undefined
  for (let digits = 1; digits <= 9; digits++) {
    const shown = Number(single.toPrecision(digits))
    if (Math.fround(shown) === single) return shown === number || single === number ? shown : undefined
  }
  return undefined
}

function lost(type: FloatType): Refused {
  return refuse('out_of_range', floatPhrase(type), 'a number that would be rounded')
}

function floatPhrase({ bits }: FloatType): string {
  return bits === 32 ? 'a number that a four-byte float holds' : 'a number that a double holds'
}

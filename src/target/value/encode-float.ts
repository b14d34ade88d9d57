import type { ColumnType } from './column-type.js'
import { kindPhrase, refuse, type Encoded, type Refused } from './encoded.js'
import { readDecimalText, readExactDecimal, sameDecimal } from './exact-decimal.js'
import { shortestSingle } from './shortest-single.js'

type FloatType = Extract<ColumnType, { kind: 'float' }>

/**
 * The shortest text that reads back as the same number of the column's width, as Postgres prints it (manual, 8.1.3),
 * with JavaScript's exponents: `0.1` → `'0.1'`, `1e21` → `'1e+21'`. Digits that the width does not hold are refused.
 */
export function encodeFloat(type: FloatType, value: unknown): Encoded {
  const number = readDouble(type, value)
  if (typeof number !== 'number') return number
  if (type.bits === 64) return { text: String(number) }
  const single = Math.fround(number)
  const shown = Number.isFinite(single) ? shortestSingle(single) : undefined
  // 0.1 is what the column shows, though its float is another than the double's.
  return shown === number || single === number ? { text: String(shown) } : lost(type)
}

function readDouble(type: FloatType, value: unknown): number | Refused {
  const expected = floatPhrase(type)
  if (typeof value === 'number')
    return Number.isFinite(value) ? value : refuse('type', expected, kindPhrase(value))
  const written = readExactDecimal(value, expected)
  if ('refusal' in written) return written
  const number = Number(String(value))
  if (!Number.isFinite(number)) return lost(type)
  const held = readDecimalText(String(number), expected)
  return !('refusal' in held) && sameDecimal(written, held) ? number : lost(type)
}

function lost(type: FloatType): Refused {
  return refuse('out_of_range', floatPhrase(type), 'a number that would be rounded')
}

function floatPhrase({ bits }: FloatType): string {
  return bits === 32 ? 'a number that a four-byte float holds' : 'a number that a double holds'
}

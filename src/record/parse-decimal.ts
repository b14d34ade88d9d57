/** A decimal number as plain text, or what stands in the way; the value is not in the problem. */
export type ParsedDecimal = { text: string } | { problem: string }

const DECIMAL_TEXT = /^([+-]?)(?=\.?\d)0*(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i
/** The most digits that an exponent may stand for, so that `1e100000` does not become a text of that length. */
const EXPONENT = 1_000

/**
 * A decimal number with every digit that it was written with: `' +1.50 '` → `'1.50'`, `'2e3'` → `'2000'`, `0.1` → `'0.1'`.
 * No thousands separators and no decimal comma: what they mean depends on who wrote them.
 */
export function parseDecimal(value: unknown): ParsedDecimal {
  if (typeof value === 'bigint') return { text: String(value) }
  if (typeof value === 'number') return fromNumber(value)
  if (typeof value !== 'string') return { problem: 'neither a number nor text' }
  return fromText(value.trim())
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

import { instantText, type ParsedInstant } from './instant-text.js'
import { parseDecimal } from './parse-decimal.js'

const NANOSECONDS = 1_000_000_000n

/**
 * The instant of a number of seconds or milliseconds since 1970, `undefined` for what is no number.
 * By decimal digits, because floating point would make 1714979289.123 another instant.
 */
export function epochInstant(
  value: string | number | bigint,
  unit: 'epoch-seconds' | 'epoch-milliseconds',
): ParsedInstant | undefined {
  const decimal = parseDecimal(value)
  if ('problem' in decimal) return undefined
  const [whole = '', fraction = ''] = decimal.text.split('.')
  const places = unit === 'epoch-seconds' ? 9 : 6
  if (/[1-9]/.test(fraction.slice(places))) return { problem: 'a fraction finer than a nanosecond' }

  const nanoseconds = BigInt(whole + fraction.slice(0, places).padEnd(places, '0'))
  // Before 1970 the fraction still counts forward: -0.5 is half a second after -1.
  const part = ((nanoseconds % NANOSECONDS) + NANOSECONDS) % NANOSECONDS
  return instantText(Number((nanoseconds - part) / NANOSECONDS), String(part).padStart(9, '0'))
}

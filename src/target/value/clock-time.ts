import { refuse, type Refused } from './encoded.js'

/** Hours, minutes, perhaps seconds and their fraction: four groups of a regular expression. */
export const CLOCK = String.raw`(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?`

/** `Z`, `+02`, `+0200`, `+02:00`: one group. Postgres takes up to 15:59. */
export const OFFSET = String.raw`([Zz]|[+-](?:0\d|1[0-5])(?::?[0-5]\d)?)`

/**
 * The canonical text of a time of day: `('07', '08', undefined, undefined)` → `'07:08:00'`, `… '09', '500'` →
 * `'07:08:09.5'`. No hour 24 and no second 60: both would arrive as another instant. No fraction is rounded.
 */
export function clockTime(
  hour: string,
  minute: string,
  second = '00',
  fraction = '',
  precision: number,
  expected: string,
): string | Refused {
  if (hour > '23' || minute > '59' || second > '59') {
    return refuse('type', expected, 'a time of day that no clock shows')
  }
  const digits = fraction.replace(/0+$/, '')
  if (digits.length > precision) return refuse('out_of_range', expected, `${digits.length} fraction digits`)
  return `${hour}:${minute}:${second}${digits && '.' + digits}`
}

/** Minutes east of UTC: `'-03:30'` → -210. */
export function offsetMinutes(offset: string): number {
  if (offset === 'Z' || offset === 'z') return 0
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(':', ''))
  return offset.startsWith('-') ? -minutes : minutes
}

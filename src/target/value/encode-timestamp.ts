import { utcInstant } from '../../utc-instant.js'
import { refuseCalendarDate } from './calendar-date.js'
import { CLOCK, clockTime, OFFSET, offsetMinutes } from './clock-time.js'
import type { ColumnType } from './column-type.js'
import { dateInstant } from './date-instant.js'
import { kindPhrase, refuse, type Encoded, type Refused } from './encoded.js'

type TimestampType = Extract<ColumnType, { kind: 'timestamp' }>

const TIMESTAMP = new RegExp(`^(\\d{4})-(\\d\\d)-(\\d\\d)(?:[Tt ]${CLOCK}${OFFSET}?)?$`)

/**
 * With a zone the instant in UTC, without one the wall clock: `'2024-05-06 07:08:09.50+02'` → `'2024-05-06T05:08:09.5Z'`,
 * `'2024-05-06 07:08'` → `'2024-05-06T07:08:00'`; a Date is taken at UTC.
 *
 * An offset where the column keeps none, or none where it needs one, is refused: the time would shift.
 */
export function encodeTimestamp(type: TimestampType, value: unknown): Encoded {
  const instant = type.zoned && typeof value === 'string' ? utcInstant(value) : undefined
  if (instant !== undefined && fractionDigits(instant) <= type.precision) return { text: instant }
  const expected = timestampPhrase(type)
  const wall = value instanceof Date ? fromDate(type, value, expected) : fromText(type, value, expected)
  if (typeof wall !== 'string') return wall
  return { text: type.zoned ? wall + 'Z' : wall }
}

function fromDate({ precision }: TimestampType, date: Date, expected: string): string | Refused {
  const instant = dateInstant(date, expected)
  if (typeof instant !== 'string') return instant
  const [whole, fraction] = [instant.slice(0, 19), instant.slice(20).replace(/0+$/, '')]
  if (fraction.length > precision)
    return refuse('out_of_range', expected, `${fraction.length} fraction digits`)
  return fraction === '' ? whole : `${whole}.${fraction}`
}

function fromText(type: TimestampType, value: unknown, expected: string): string | Refused {
  if (typeof value !== 'string') return refuse('type', expected, kindPhrase(value))
  const [, year, month, day, hour, minute, second, fraction, offset] = TIMESTAMP.exec(value) ?? []
  if (year === undefined) return refuse('type', expected, 'text of another form')
  if (type.zoned !== (offset !== undefined)) {
    return refuse('type', expected, type.zoned ? 'text without an offset' : 'text with an offset')
  }
  const noDay = refuseCalendarDate(year, month!, day!, expected)
  if (noDay !== undefined) return noDay
  const clock = clockTime(hour ?? '00', minute ?? '00', second, fraction, type.precision, expected)
  if (typeof clock !== 'string') return clock
  const wall = `${year}-${month}-${day}T${clock}`
  const minutes = offset === undefined ? 0 : offsetMinutes(offset)
  return minutes === 0 ? wall : shifted(wall, minutes, expected)
}

/** Of a canonical instant: `2024-05-06T07:08:09.5Z` → 1. */
function fractionDigits({ length }: string): number {
  return Math.max(0, length - '2024-05-06T07:08:09.Z'.length)
}

/** The wall clock so many minutes west. The fraction stays out of it: a Date holds milliseconds only. */
function shifted(wall: string, minutes: number, expected: string): string | Refused {
  const utc = dateInstant(new Date(Date.parse(wall.slice(0, 19) + 'Z') - minutes * 60_000), expected)
  return typeof utc === 'string' ? utc.slice(0, 19) + wall.slice(19) : utc
}

function timestampPhrase({ zoned, precision }: TimestampType): string {
  return `a timestamp ${zoned ? 'with' : 'without'} an offset, at most ${precision} fraction digits`
}

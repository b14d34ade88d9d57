import { createRequire } from 'node:module'
import { DefinitionError } from '../errors.js'

/** Seconds east of UTC, or why the wall clock of the zone does not tell. */
export type ZoneOffset = { seconds: number } | { problem: string }

/**
 * What a wall clock means that a zone skipped or repeated, by the words of Temporal: `earlier` and `later` take one of
 * the two instants (in a gap, by the offset of the other side), `compatible` the later in a gap and the earlier of two.
 */
export type Disambiguation = 'reject' | 'earlier' | 'later' | 'compatible'

const FIXED = /^([+-])(0\d|1[0-5])(?::?([0-5]\d))?$/

/** Seconds east of UTC of `Z`, `+02`, `+0200` or `+02:00`; `undefined` for a name. */
export function fixedOffset(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z' || zone === 'UTC') return 0
  const [, sign, hours, minutes = 0] = FIXED.exec(zone) ?? []
  if (hours === undefined) return undefined
  const seconds = Number(hours) * 3600 + Number(minutes) * 60
  return sign === '-' ? -seconds : seconds
}

/**
 * The offset of a named zone at a wall clock, by the rules that the zone had then. A wall clock that was skipped or
 * repeated is a problem unless its meaning is declared, because either answer would be a guess.
 *
 * @param wallSeconds seconds from 1970-01-01T00:00:00 on the zone's own clock
 * @throws DefinitionError when there is no such zone
 */
export function zoneOffset(
  zone: string,
  year: number,
  wallSeconds: number,
  disambiguation: Disambiguation = 'reject',
): ZoneOffset {
  const periods = periodsOf(zone, year)
  const [first, second] = periods.filter(({ from, until, offset }) => {
    const instant = wallSeconds - offset
    return instant >= from && instant < until
  })
  if (first !== undefined && second === undefined) return { seconds: first.offset }
  if (disambiguation === 'reject') {
    const problem = first === undefined ? 'does not exist' : 'exists twice'
    const clocks = first === undefined ? 'forward' : 'back'
    return { problem: `the time ${problem} in ${zone} (clocks went ${clocks})` }
  }
  if (first !== undefined && second !== undefined) {
    return { seconds: disambiguation === 'later' ? second.offset : first.offset }
  }
  // In a gap the offset of before leads to the later instant, that of after to the earlier one (ECMA-402, Temporal).
  const after = periods.findIndex(({ from, offset }) => wallSeconds - offset < from)
  const offset = periods[disambiguation === 'earlier' ? after : after - 1]?.offset ?? 0
  return { seconds: offset }
}

/**
 * Seconds east of UTC in a zone, named or fixed, at an instant.
 *
 * @throws DefinitionError when there is no such zone
 */
export function offsetAt(zone: string, epochSeconds: number): number {
  const fixed = fixedOffset(zone)
  if (fixed !== undefined) return fixed
  const year = new Date(epochSeconds * 1000).getUTCFullYear()
  return periodsOf(zone, year).find(({ until }) => epochSeconds < until)?.offset ?? 0
}

/** A stretch of time in which a zone keeps one offset. All in seconds. */
interface Period {
  from: number
  until: number
  offset: number
}

const years = new Map<string, readonly Period[]>()

/** The periods that touch a year: one or three, mostly. Found once, since Temporal takes microseconds per question. */
function periodsOf(zone: string, year: number): readonly Period[] {
  const key = `${zone} ${year}`
  let periods = years.get(key)
  if (periods === undefined) {
    periods = findPeriods(zone, year)
    years.set(key, periods)
  }
  return periods
}

/** Far more than any offset, so that a year's first and last wall clocks are inside. */
const MARGIN_SECONDS = 2 * 86_400

function findPeriods(zone: string, year: number): Period[] {
  const start = new Date(0).setUTCFullYear(year, 0, 1) / 1000 - MARGIN_SECONDS
  const end = new Date(0).setUTCFullYear(year + 1, 0, 1) / 1000 + MARGIN_SECONDS
  const periods: Period[] = []
  let from = -Infinity
  let moment = zonedDateTime(zone, start)
  for (;;) {
    const next = moment.getTimeZoneTransition('next')
    const until =
      next === null || next.epochMilliseconds >= end * 1000 ? Infinity : next.epochMilliseconds / 1000
    periods.push({ from, until, offset: moment.offsetNanoseconds / 1e9 })
    if (next === null || until === Infinity) return periods
    from = until
    moment = next
  }
}

const load = createRequire(import.meta.url)
type TemporalModule = typeof import('temporal-polyfill')

function zonedDateTime(zone: string, epochSeconds: number) {
  // Loading it takes 20 ms, which a run without named zones does not pay.
  const { Temporal } = load('temporal-polyfill') as TemporalModule
  try {
    return Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1000).toZonedDateTimeISO(zone)
  } catch (cause) {
    throw new DefinitionError('pipeline.time_zone', `There is no time zone ${zone}.`, {
      hint: 'Use a name of the IANA database such as Europe/Berlin, UTC, or an offset such as +02:00.',
      cause,
    })
  }
}

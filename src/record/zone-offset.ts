import { createRequire } from 'node:module'
import { DefinitionError } from '../errors.js'

/** Seconds east of UTC, or why the wall clock of the zone does not tell. */
export type ZoneOffset = { seconds: number } | { problem: string }

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
 * repeated is a problem, because either answer would be a guess.
 *
 * @param wallSeconds seconds from 1970-01-01T00:00:00 on the zone's own clock
 * @throws DefinitionError when there is no such zone
 */
export function zoneOffset(zone: string, year: number, wallSeconds: number): ZoneOffset {
  const fits = periodsOf(zone, year).filter(({ from, until, offset }) => {
    const instant = wallSeconds - offset
    return instant >= from && instant < until
  })
  const [only] = fits
  if (only === undefined) return { problem: `the time does not exist in ${zone} (clocks went forward)` }
  if (fits.length > 1) return { problem: `the time exists twice in ${zone} (clocks went back)` }
  return { seconds: only.offset }
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

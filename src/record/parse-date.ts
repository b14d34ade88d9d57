import { instantOf } from './parse-instant.js'
import { type MomentFormat, readMoment } from './read-moment.js'
import { offsetAt } from './zone-offset.js'

/** How text is to be read as a day of the calendar. */
export interface DateSpec {
  readonly format?: MomentFormat
  /** The zone whose calendar says on which day an instant was. Text without an offset needs none. */
  readonly zone?: string
  /** `drop` gives up the time of day; without it anything but midnight is refused. */
  readonly time?: 'drop'
}

/** `YYYY-MM-DD`, or what stands in the way; never the value itself. */
export type ParsedDate = { text: string } | { problem: string }

/**
 * The day that a legacy value means: `'06.05.2024'` → `2024-05-06`, whatever the zone; with the zone Europe/Berlin,
 * `'2024-05-05T22:00:00Z'` → `2024-05-06`.
 *
 * @throws DefinitionError when a format or the zone cannot be understood
 */
export function parseDate(value: unknown, { format, zone, time }: DateSpec): ParsedDate {
  const moment = readMoment(value, format)
  if ('problem' in moment) return moment
  const isWall = 'year' in moment && moment.offset === undefined
  if (!isWall && zone === undefined) {
    return { problem: 'an instant, whose day depends on the zone, and none is declared' }
  }
  // A wall clock is read as if it were UTC, which leaves it as it is.
  const instant = instantOf(moment, 'UTC')
  if ('problem' in instant) return instant
  const local = isWall || zone === undefined ? instant.text : localText(instant.text, zone)
  if (local === undefined) return { problem: 'a year outside 0001–9999' }
  if (time !== 'drop' && !local.endsWith('T00:00:00Z'))
    return { problem: 'a time of day, which a date would lose' }
  return { text: local.slice(0, 10) }
}

/** The wall clock of a zone, written as if it were UTC. */
function localText(instant: string, zone: string): string | undefined {
  const seconds = Date.parse(`${instant.slice(0, 19)}Z`) / 1000
  const local = new Date((seconds + offsetAt(zone, seconds)) * 1000).toISOString()
  return /^\d{4}-/.test(local) && !local.startsWith('0000')
    ? local.slice(0, 19) + instant.slice(19)
    : undefined
}

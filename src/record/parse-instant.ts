import { epochInstant } from './epoch-instant.js'
import { compileInstantPattern } from './instant-pattern.js'
import { instantText, type ParsedInstant } from './instant-text.js'
import { readIso } from './read-iso.js'
import { wallClockProblem, wallSeconds, type WallClock } from './wall-clock.js'
import { fixedOffset, zoneOffset } from './zone-offset.js'

/** How text is to be read. */
export interface InstantSpec {
  /** `iso` (default), `epoch-seconds`, `epoch-milliseconds` or a pattern; of a list the first that fits is taken. */
  format?: string | readonly string[]
  /** The zone of text without an offset: `Europe/Berlin`, `UTC` or `+02:00`. */
  zone?: string
}

const ISO_ALONE = ['iso']

/**
 * The instant that a legacy value means: `'2024-05-06 07:08:09.5+02'` → `2024-05-06T05:08:09.5Z`; with the zone
 * Europe/Berlin, `'2024-05-06'` → `2024-05-05T22:00:00Z`. A Date is an instant already.
 *
 * @throws DefinitionError when a format or the zone cannot be understood
 */
export function parseInstant(value: unknown, { format = ISO_ALONE, zone }: InstantSpec): ParsedInstant {
  if (value instanceof Date) return fromDate(value)
  const written = typeof value === 'string' ? value.trim() : value
  if (typeof written !== 'string' && typeof written !== 'number' && typeof written !== 'bigint') {
    return { problem: 'neither text, a number nor a Date' }
  }
  const formats = typeof format === 'string' ? [format] : format
  let problem: string | undefined
  for (const name of formats) {
    const read = readerOf(name)(written)
    if (read === undefined) continue
    // 25/12/2024 has the form of MM/dd/yyyy too, and is no such date: the next format may fit.
    if ('problem' in read) problem ??= read.problem
    else return 'text' in read ? read : toInstant(read, zone)
  }
  const kind = typeof written === 'string' ? 'text' : 'a number'
  return { problem: problem ?? `${kind} that does not fit the format ${formats.join(' or ')}` }
}

function fromDate(date: Date): ParsedInstant {
  const time = date.getTime()
  if (Number.isNaN(time)) return { problem: 'an invalid Date' }
  const seconds = Math.floor(time / 1000)
  return instantText(seconds, String(time - seconds * 1000).padStart(3, '0'))
}

function toInstant(wall: WallClock, zone: string | undefined): ParsedInstant {
  const where = wall.offset ?? zone
  if (where === undefined) return { problem: 'no time zone in the text and none declared' }
  const seconds = wallSeconds(wall)
  const fixed = fixedOffset(where)
  const offset = fixed === undefined ? zoneOffset(where, wall.year, seconds) : { seconds: fixed }
  return 'problem' in offset ? offset : instantText(seconds - offset.seconds, wall.fraction)
}

type Written = string | number | bigint
/** `undefined` when what was written has another form. */
type Read = (written: Written) => WallClock | ParsedInstant | undefined

const readers = new Map<string, Read>([
  ['iso', (written) => possible(readIso(String(written)))],
  ['epoch-seconds', (written) => epochInstant(written, 'epoch-seconds')],
  ['epoch-milliseconds', (written) => epochInstant(written, 'epoch-milliseconds')],
])

function readerOf(format: string): Read {
  let reader = readers.get(format)
  if (reader === undefined) {
    const readText = compileInstantPattern(format)
    reader = (written) => possible(readText(String(written)))
    readers.set(format, reader)
  }
  return reader
}

function possible(wall: WallClock | undefined): WallClock | { problem: string } | undefined {
  const problem = wall && wallClockProblem(wall)
  return problem === undefined ? wall : { problem }
}

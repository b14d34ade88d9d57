import { MONTHS, monthOf } from './months.js'
import { wallClockProblem, wallSeconds, type WallClock } from './wall-clock.js'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const MONTH = MONTHS.map((month) => month.slice(0, 3)).join('|')

/** RFC 5322, sections 3.3 and 4.3, once the comments are out: `Mon, 06 May 2024 07:08:09 +0200`. */
const DATE_TIME = new RegExp(
  `^(?:(${DAYS.join('|')}) ?, ?)?(\\d{1,2}) (${MONTH}) (\\d{2,}) (\\d\\d) ?: ?(\\d\\d)(?: ?: ?(\\d\\d))?(?: ?([+-]\\d{4}|[a-z]{1,5}))?$`,
  'i',
)

/** The obsolete zone names that mean an offset. Single letters mean none, since they were used with either sign. */
const ZONES: ReadonlyMap<string, string> = new Map([
  ['UT', '+00:00'],
  ['UTC', '+00:00'],
  ['GMT', '+00:00'],
  ['Z', '+00:00'],
  ['EST', '-05:00'],
  ['EDT', '-04:00'],
  ['CST', '-06:00'],
  ['CDT', '-05:00'],
  ['MST', '-07:00'],
  ['MDT', '-06:00'],
  ['PST', '-08:00'],
  ['PDT', '-07:00'],
])

/**
 * The date of an e-mail or of HTTP (RFC 2822, now 5322): `Mon, 06 May 2024 07:08:09 +0200 (CEST)`, `6 May 24 07:08 GMT`.
 * A day of the week must be that of the date. `undefined` for text of another form.
 */
export function readRfc2822(text: string): WallClock | { problem: string } | undefined {
  const plain = withoutComments(text)?.replace(/\s+/g, ' ').trim()
  const [, weekday, day, month, year, hour, minute, second, zone] = DATE_TIME.exec(plain ?? '') ?? []
  if (day === undefined || month === undefined || year === undefined) return undefined
  if (zone !== undefined && /^[+-]/.test(zone) && !/^[+-](?:0\d|1[0-5])[0-5]\d$/.test(zone)) return undefined
  const offset = zone === undefined || /^[+-]/.test(zone) ? zone : ZONES.get(zone.toUpperCase())
  if (zone !== undefined && zone.length > 1 && offset === undefined) {
    return { problem: 'the name of a zone that has no one meaning' }
  }
  const wall: WallClock = {
    year: fullYear(year),
    month: monthOf(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    fraction: '',
    offset,
  }
  const problem = wallClockProblem(wall)
  if (problem !== undefined) return { problem }
  const isOther = weekday !== undefined && DAYS[weekdayOf(wall)]?.toLowerCase() !== weekday.toLowerCase()
  return isOther ? { problem: 'a day of the week that is not that of the date' } : wall
}

/** Comments nest and may hold escaped parentheses; `undefined` when one does not end. */
function withoutComments(text: string): string | undefined {
  let depth = 0
  let plain = ''
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '(') depth += 1
    else if (character === ')') depth -= 1
    else if (depth === 0) plain += character
    else if (character === '\\') at += 1
    if (depth < 0) return undefined
    // A comment separates like a blank.
    if (character === ')') plain += ' '
  }
  return depth === 0 ? plain : undefined
}

/** RFC 5322, 4.3: two digits below 50 are of this century, other short years count from 1900. */
function fullYear(text: string): number {
  const year = Number(text)
  if (text.length === 2) return year < 50 ? 2000 + year : 1900 + year
  return text.length === 3 ? 1900 + year : year
}

/** 0 is Sunday; 1970-01-01 was a Thursday. */
function weekdayOf(wall: WallClock): number {
  const days = Math.floor(wallSeconds(wall) / 86_400)
  return (((days + 4) % 7) + 7) % 7
}

import { DefinitionError } from '../errors.js'
import { MONTHS, monthOf } from './months.js'
import type { WallClock } from './wall-clock.js'

type Part = keyof WallClock | 'half'

/**
 * What stands for what in a pattern. A single letter is one digit or two, `S` any number of digits, `Z` is `Z` or an
 * offset; `h` counts to twelve and needs `a`.
 */
const TOKENS: ReadonlyMap<string, readonly [Part, string]> = new Map<string, readonly [Part, string]>([
  ['yyyy', ['year', '\\d{4}']],
  ['MM', ['month', '\\d\\d']],
  ['M', ['month', '\\d\\d?']],
  ['MMM', ['month', MONTHS.map((month) => month.slice(0, 3)).join('|')]],
  ['MMMM', ['month', MONTHS.join('|')]],
  ['dd', ['day', '\\d\\d']],
  ['d', ['day', '\\d\\d?']],
  ['HH', ['hour', '\\d\\d']],
  ['H', ['hour', '\\d\\d?']],
  ['hh', ['hour', '\\d\\d']],
  ['h', ['hour', '\\d\\d?']],
  ['a', ['half', '[AaPp]\\.?[Mm]\\.?']],
  ['mm', ['minute', '\\d\\d']],
  ['ss', ['second', '\\d\\d']],
  ['SSS', ['fraction', '\\d{3}']],
  ['SSSSSS', ['fraction', '\\d{6}']],
  ['S', ['fraction', '\\d{1,9}']],
  ['Z', ['offset', '[Zz]|[+-](?:0\\d|1[0-5])(?::?[0-5]\\d)?']],
])

/**
 * A reader of a pattern such as `dd.MM.yyyy HH:mm`; all other characters, `T`, and what is between apostrophes stand
 * for themselves. Names of months are English. `yyyy` alone means the first of January, `yyyy-MM` the first of the month.
 *
 * @throws DefinitionError when a letter means nothing, a part stands twice, the year is missing, or one after it that a
 * later part needs
 */
export function compileInstantPattern(pattern: string): (text: string) => WallClock | undefined {
  const parts = new Set<Part>()
  let countsToTwelve = false
  const source = pattern.replace(/'[^']*'|([a-zA-Z])\1*|[^a-zA-Z]/g, (piece) => {
    const [part, digits] = TOKENS.get(piece) ?? []
    if (part === undefined) return literal(pattern, piece)
    if (parts.has(part)) throw badPattern(pattern, `the ${part} stands in it twice`)
    parts.add(part)
    countsToTwelve ||= piece.startsWith('h')
    return `(?<${part}>${digits})`
  })
  const lacking = missingPart(parts)
  if (lacking !== undefined) throw badPattern(pattern, `it has no ${lacking}`)
  if (countsToTwelve !== parts.has('half')) throw badPattern(pattern, 'h and a belong together')
  const expression = new RegExp(`^${source}$`, 'iu')
  return (text) => {
    const found = expression.exec(text)?.groups
    return found === undefined ? undefined : wallClock(found)
  }
}

const CALENDAR = ['year', 'month', 'day'] as const

/** What is not there although a finer part is: a day without its month, hours without their day. */
function missingPart(parts: ReadonlySet<Part>): Part | undefined {
  if (!parts.has('year')) return 'year'
  const isCalendarAlone = [...parts].every((part) => CALENDAR.some((one) => one === part))
  if (!isCalendarAlone || parts.has('day')) return CALENDAR.find((part) => !parts.has(part))
  return undefined
}

function literal(pattern: string, piece: string): string {
  if (piece.length > 1 && piece.startsWith("'")) return escaped(piece.slice(1, -1))
  if (/[a-zA-Z]/.test(piece) && piece !== 'T') throw badPattern(pattern, `${piece} means nothing there`)
  return escaped(piece)
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

function badPattern(pattern: string, problem: string): DefinitionError {
  return new DefinitionError(
    'pipeline.timestamp_format',
    `The timestamp format ${pattern} cannot be read: ${problem}.`,
    {
      hint: `Use ${[...TOKENS.keys()].join(' ')}, or the names iso, rfc-2822, epoch-seconds and epoch-milliseconds.`,
    },
  )
}

function wallClock(found: Readonly<Partial<Record<string, string>>>): WallClock {
  const number = (part: Part) => Number(found[part] ?? 0)
  return {
    year: number('year'),
    month: monthIn(found['month']),
    day: Number(found['day'] ?? 1),
    hour: found['half'] === undefined ? number('hour') : hourOf(number('hour'), found['half']),
    minute: number('minute'),
    second: number('second'),
    fraction: found['fraction'] ?? '',
    offset: found['offset'],
  }
}

function monthIn(month: string | undefined): number {
  if (month === undefined) return 1
  return /^\d/.test(month) ? Number(month) : monthOf(month)
}

/** 12 am is 0, 12 pm is 12; hours that such a clock does not show become one that no clock shows. */
function hourOf(hour: number, half: string): number {
  if (hour < 1 || hour > 12) return 24
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0)
}

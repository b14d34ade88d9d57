import { isWrittenNumber } from '../written-number.js'
import { epochInstant } from './epoch-instant.js'
import { compileInstantPattern } from './instant-pattern.js'
import { instantText, type ParsedInstant } from './instant-text.js'
import { readIso } from './read-iso.js'
import { readRfc2822 } from './read-rfc-2822.js'
import { wallClockProblem, type WallClock } from './wall-clock.js'

/** `iso`, `rfc-2822`, `epoch-seconds`, `epoch-milliseconds` or a pattern; of a list the first that fits is taken. */
export type MomentFormat = string | readonly string[]

/** What was written: a wall clock, perhaps with its offset, or an instant. */
export type Moment = WallClock | ParsedInstant

/**
 * What a legacy value says about a moment, before anybody asked for its zone. A Date is an instant already.
 *
 * @throws DefinitionError when a format cannot be understood
 */
export function readMoment(value: unknown, format: MomentFormat = 'iso'): Moment {
  if (value instanceof Date) return fromDate(value)
  const written = typeof value === 'string' ? value.trim() : isWrittenNumber(value) ? value.text : value
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
    else return read
  }
  const kind = typeof value === 'string' ? 'text' : 'a number'
  return { problem: problem ?? `${kind} that does not fit the format ${formats.join(' or ')}` }
}

/** @throws DefinitionError when one of the formats cannot be understood */
export function checkFormats(format: MomentFormat = 'iso'): void {
  for (const name of typeof format === 'string' ? [format] : format) readerOf(name)
}

function fromDate(date: Date): ParsedInstant {
  const time = date.getTime()
  if (Number.isNaN(time)) return { problem: 'an invalid Date' }
  const seconds = Math.floor(time / 1000)
  return instantText(seconds, String(time - seconds * 1000).padStart(3, '0'))
}

type Written = string | number | bigint
/** `undefined` when what was written has another form. */
type Read = (written: Written) => Moment | undefined

const readers = new Map<string, Read>([
  ['iso', (written) => possible(readIso(String(written)))],
  ['rfc-2822', (written) => readRfc2822(String(written))],
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

function possible(wall: WallClock | undefined): Moment | undefined {
  const problem = wall && wallClockProblem(wall)
  return problem === undefined ? wall : { problem }
}

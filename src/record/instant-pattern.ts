import { DefinitionError } from '../errors.js'
import type { WallClock } from './wall-clock.js'

type Part = keyof WallClock

/** What stands for what in a pattern. A single letter is one digit or two, `Z` is `Z` or an offset. */
const TOKENS: ReadonlyMap<string, readonly [Part, string]> = new Map<string, readonly [Part, string]>([
  ['yyyy', ['year', '\\d{4}']],
  ['MM', ['month', '\\d\\d']],
  ['M', ['month', '\\d\\d?']],
  ['dd', ['day', '\\d\\d']],
  ['d', ['day', '\\d\\d?']],
  ['HH', ['hour', '\\d\\d']],
  ['H', ['hour', '\\d\\d?']],
  ['mm', ['minute', '\\d\\d']],
  ['ss', ['second', '\\d\\d']],
  ['SSS', ['fraction', '\\d{3}']],
  ['Z', ['offset', '[Zz]|[+-](?:0\\d|1[0-5])(?::?[0-5]\\d)?']],
])

/**
 * A reader of a pattern such as `dd.MM.yyyy HH:mm`; all other characters, and `T`, stand for themselves.
 *
 * @throws DefinitionError when a letter means nothing, a part stands twice, or year, month or day is missing
 */
export function compileInstantPattern(pattern: string): (text: string) => WallClock | undefined {
  const parts = new Set<Part>()
  const source = pattern.replace(/([a-zA-Z])\1*|[^a-zA-Z]/g, (piece) => {
    const [part, digits] = TOKENS.get(piece) ?? []
    if (part === undefined) return literal(pattern, piece)
    if (parts.has(part)) throw badPattern(pattern, `the ${part} stands in it twice`)
    parts.add(part)
    return `(?<${part}>${digits})`
  })
  for (const part of ['year', 'month', 'day'] as const) {
    if (!parts.has(part)) throw badPattern(pattern, `it has no ${part}`)
  }
  const expression = new RegExp(`^${source}$`, 'u')
  return (text) => {
    const found = expression.exec(text)?.groups
    return found === undefined ? undefined : wallClock(found)
  }
}

function literal(pattern: string, piece: string): string {
  if (/[a-zA-Z]/.test(piece) && piece !== 'T') throw badPattern(pattern, `${piece} means nothing there`)
  return piece.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')
}

function badPattern(pattern: string, problem: string): DefinitionError {
  return new DefinitionError(
    'pipeline.timestamp_format',
    `The timestamp format ${pattern} cannot be read: ${problem}.`,
    {
      hint: `Use ${[...TOKENS.keys()].join(' ')}, or the names iso, epoch-seconds and epoch-milliseconds.`,
    },
  )
}

function wallClock(found: Readonly<Partial<Record<string, string>>>): WallClock {
  const number = (part: Part) => Number(found[part] ?? 0)
  return {
    year: number('year'),
    month: number('month'),
    day: number('day'),
    hour: number('hour'),
    minute: number('minute'),
    second: number('second'),
    fraction: found['fraction'] ?? '',
    offset: found['offset'],
  }
}

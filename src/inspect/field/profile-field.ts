import { eitherOrder } from '../text/classify-date.js'
import type { FieldProfile, Range, ValueGroup } from './field-profile.js'
import type { FieldStats } from './field-stats.js'
import { groupValues } from './group-values.js'

/** So many values, and three times as many as different ones, make a field enum-like. */
const FEWEST_VALUES = 4
const REPEATS = 3
/** Forms whose values are not names of anything, however few there are. */
const NOT_NAMES = /^(?:uuid|object-id|e-mail|url|iso-|rfc-|epoch-|decimal|json|hex|\$|.*yyyy)/
/** This share of numbers must look like moments before they are taken for moments. */
const EPOCH_SHARE = 0.95

/** What a field's counts come to. */
export function profileField(
  stats: FieldStats,
  { path, key, of, showValues }: { path: string; key: string | null; of: number; showValues: boolean },
): FieldProfile {
  const { types, texts, elements } = stats
  const filled = stats.present - types.null - texts.empty
  const isEpoch = epochs(stats) >= EPOCH_SHARE * (types.integer + types.decimal + types.bigInteger)
  const patterns = patternsOf(stats, filled, isEpoch)
  return {
    path,
    key,
    present: stats.present,
    of,
    types: { ...types },
    emptyTexts: texts.empty,
    distinct: stats.identity.result.distinct,
    numbers: stats.numbers.range,
    digits: stats.numbers.digits,
    characters: texts.characters,
    bytes: texts.bytes,
    instants: isEpoch ? (join(stats.instants.range, epochRange(stats)) ?? null) : stats.instants.range,
    elements: types.array === 0 ? null : { ...elements },
    patterns,
    outerSpaces: texts.outerSpaces,
    loneSurrogates: texts.loneSurrogates,
    nulCharacters: texts.nulCharacters,
    notNormalized: texts.notNormalized,
    values: enumLike(stats, patterns),
    ...(showValues && { examples: [...stats.examples] }),
  }
}

function epochs({ patterns }: FieldStats): number {
  return (patterns.get('epoch-seconds') ?? 0) + (patterns.get('epoch-milliseconds') ?? 0)
}

function epochRange({ epochs: { seconds, milliseconds } }: FieldStats): Range<string> | null {
  const text = (number: string, factor: number): string =>
    new Date(Number(number) * factor).toISOString().replace('.000Z', 'Z')
  const scaled = (range: Range<string> | null, factor: number): Range<string> | null =>
    range && { min: text(range.min, factor), max: text(range.max, factor) }
  return join(scaled(seconds.range, 1000), scaled(milliseconds.range, 1))
}

function join(a: Range<string> | null, b: Range<string> | null): Range<string> | null {
  if (a === null || b === null) return a ?? b
  return { min: a.min < b.min ? a.min : b.min, max: a.max > b.max ? a.max : b.max }
}

/** Dates that may be read in two ways are read as those of the field that may not, where all of these agree. */
function patternsOf({ patterns }: FieldStats, filled: number, isEpoch: boolean): FieldProfile['patterns'] {
  const counts = new Map<string, number>()
  for (const [name, count] of patterns) {
    if (!isEpoch && name.startsWith('epoch-')) continue
    const told = oneOrder(name, patterns)
    counts.set(told, (counts.get(told) ?? 0) + count)
  }
  return [...counts]
    .map(([name, count]) => ({ name, count, share: filled === 0 ? 0 : count / filled }))
    .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
}

function oneOrder(name: string, patterns: ReadonlyMap<string, number>): string {
  const either = eitherOrder(name)
  if (either === undefined) return name
  const begins = (letter: string): boolean =>
    [...patterns.keys()].some(
      (other) => other.startsWith(letter) && /[/-]yyyy/.test(other) && !eitherOrder(other),
    )
  const [dayFirst, monthFirst] = [begins('d'), begins('M')]
  if (dayFirst === monthFirst) return name
  return dayFirst ? either.dayFirst : either.monthFirst
}

function enumLike({ values, types }: FieldStats, patterns: FieldProfile['patterns']): ValueGroup[] | null {
  const { counts } = values
  const total = types.text + types.integer + types.boolean
  if (counts === undefined || counts.size === 0 || types.text + types.integer === 0) return null
  if (types.object + types.array + types.decimal + types.bigInteger > 0) return null
  if (patterns.some(({ name, share }) => NOT_NAMES.test(name) && share > 0.1)) return null
  const groups = groupValues(counts)
  const seen = groups.reduce((sum, group) => sum + group.count, 0)
  return total >= FEWEST_VALUES && groups.length * REPEATS <= seen ? groups : null
}

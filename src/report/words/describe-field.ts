import type { InspectReport } from '../../run/command-reports.js'
import { stripControls } from '../strip-controls.js'
import { amount, count } from './amount.js'
import { cut } from './cut.js'
import { percent } from './percent.js'
import { showValue } from './show-value.js'

type Field = InspectReport['collections'][number]['fields'][number]

const patternsShown = 4

const typeWords = {
  text: 'text',
  integer: 'integer',
  bigInteger: 'beyond 2^53',
  decimal: 'decimal',
  boolean: 'boolean',
  object: 'object',
  array: 'array',
  null: 'null',
} as const

/** The types of a field: `text`, or with their counts where there are several: `text 105`, `integer 13`. */
export function describeTypes({ types }: Field): string[] {
  const found = Object.entries(typeWords).filter(([type]) => types[type as keyof typeof types] > 0)
  if (found.length === 1) return found.map(([, word]) => word)
  return found.map(([type, word]) => `${word} ${count(types[type as keyof typeof types])}`)
}

/** How many different values: `117`, or `≈ 1,200,000` where it is an estimate. */
export function describeDistinct({ distinct }: Field): string {
  if (distinct.count === 0) return '·'
  return distinct.exact ? count(distinct.count) : `≈ ${count(distinct.count)}`
}

/** Between what its values are, and what form they have. */
export function describeValues(field: Field): string[] {
  const { numbers, characters, bytes, instants, elements, patterns, examples } = field
  const more = patterns.length - patternsShown
  const isEpoch = patterns.some(({ name }) => name.startsWith('epoch-'))
  return [
    ...patterns.slice(0, patternsShown).map(({ name, share }) => `${name} ${percent(share)}`),
    ...(more > 0 ? [amount(more, 'other form')] : []),
    ...(numbers !== null && !isEpoch ? [between(numbers.min, numbers.max)] : []),
    ...(instants === null ? [] : [between(day(instants.min), day(instants.max))]),
    ...(characters === null || patterns[0]?.share === 1 ? [] : [lengths(characters, bytes)]),
    ...(elements === null ? [] : [lengthOf(elements, 'element')]),
    ...(examples === undefined || examples.length === 0
      ? []
      : [`such as ${examples.map((example) => cut(showValue(example), 40)).join(', ')}`]),
  ]
}

/** What may give trouble: values that would be rejected first. */
export function describeTroubles(field: Field): string[] {
  const told: [number, string][] = [
    [field.nulCharacters, 'with a NUL character, which no database stores'],
    [field.loneSurrogates, 'cut off inside a character (lone surrogate)'],
    [field.types.bigInteger, 'beyond 2^53, which JavaScript rounds'],
    [field.emptyTexts, 'empty'],
    [field.outerSpaces, 'with spaces at an end'],
    [field.notNormalized, 'with letters composed in another way (not NFC)'],
  ]
  return told.flatMap(([number, words]) => (number === 0 ? [] : [`${count(number)} ${words}`]))
}

/** The values of an enum-like field, the most frequent first: `active × 60 (also Active × 3)`. */
export function describeGroups(groups: NonNullable<Field['values']>): string[] {
  return groups.map(({ value, count: number, variants }) => {
    const others = variants.map((variant) => `${showValue(variant.value)} × ${count(variant.count)}`)
    return `${showValue(value)} × ${count(number)}${others.length === 0 ? '' : ` (also ${others.join(', ')})`}`
  })
}

function lengths(characters: { min: number; max: number }, bytes: { max: number } | null): string {
  const wide = bytes !== null && bytes.max > characters.max ? ` (${count(bytes.max)} bytes)` : ''
  return lengthOf(characters, 'character') + wide
}

function lengthOf({ min, max }: { min: number; max: number }, noun: string): string {
  return min === max ? amount(max, noun) : `${count(min)}–${amount(max, noun)}`
}

function between(min: string, max: string): string {
  return min === max ? stripControls(min) : `${stripControls(min)} to ${stripControls(max)}`
}

function day(instant: string): string {
  return instant.slice(0, 10)
}

import type { z } from 'zod'
import { isWrittenNumber, type WrittenNumber } from '../written-number.js'
import { parseDecimal } from './parse-decimal.js'
import { replaceAt, valueAt } from './replace-at.js'

/** A number that JavaScript cannot hold, and what its schema was shown in its place. */
export interface OfferedNumber {
  readonly path: readonly PropertyKey[]
  readonly written: bigint | WrittenNumber
  readonly value: string | bigint | number
}

/**
 * What else to show a schema that refused numbers beyond JavaScript's: their text, a bigint, and a number where that is
 * exact, one after the other. Only where the schema takes numbers at all: `z.string()` refuses 7, and 1e400 likewise.
 *
 * @param value the record as it was read
 * @param before what was offered last time, and refused
 * @returns the offers for another attempt, `undefined` when there is nothing left to offer
 */
export function offerNumbers(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  before: readonly OfferedNumber[],
): readonly OfferedNumber[] | undefined {
  const offers = new Map(before.map((offer) => [pathText(offer.path), offer]))
  let isNew = false
  for (const path of numberPaths(issues)) {
    const written = valueAt(value, path)
    if (!isBeyondNumbers(written)) continue
    const last = offers.get(pathText(path))?.value
    const forms = formsOf(written)
    const next = forms[last === undefined ? 0 : forms.indexOf(last) + 1]
    if (next === undefined) continue
    offers.set(pathText(path), { path, written, value: next })
    isNew = true
  }
  return isNew ? [...offers.values()] : undefined
}

/** The record as it is shown to its schema. */
export function withOffers(value: unknown, offers: readonly OfferedNumber[]): unknown {
  return offers.reduce((shown, offer) => replaceAt(shown, offer.path, offer.value), value)
}

/** The field of a parsed record, with the numbers that its schema saw as something else as they were written. */
export function withoutOffers(field: string, value: unknown, offers: readonly OfferedNumber[]): unknown {
  if (offers.length === 0) return value
  return offers.reduce((restored, offer) => {
    const [first, ...path] = offer.path
    if (first !== field || valueAt(restored, path) !== offer.value) return restored
    return replaceAt(restored, path, offer.written)
  }, value)
}

/** True for a number of the source that is no JavaScript number. */
export function isBeyondNumbers(value: unknown): value is bigint | WrittenNumber {
  return typeof value === 'bigint' || isWrittenNumber(value)
}

function formsOf(written: bigint | WrittenNumber): (string | bigint | number)[] {
  const text = String(written)
  if (typeof written === 'bigint') return [text]
  const decimal = parseDecimal(written)
  if ('problem' in decimal) return [text]
  const [whole = '', fraction = ''] = decimal.text.split('.')
  if (/[1-9]/.test(fraction)) return [text]
  const integer = BigInt(whole)
  const number = Number(text)
  return Number.isFinite(number) && BigInt(number) === integer ? [text, integer, number] : [text, integer]
}

/** Where a number was wanted: by a field, or by one of several alternatives. */
function numberPaths(
  issues: readonly z.core.$ZodIssue[],
  parent: readonly PropertyKey[] = [],
): PropertyKey[][] {
  return issues.flatMap((issue) => {
    const path = [...parent, ...issue.path]
    if (issue.code === 'invalid_union') return issue.errors.flatMap((errors) => numberPaths(errors, path))
    const wantsNumber = issue.code === 'invalid_type' && NUMERIC.has(issue.expected)
    return wantsNumber ? [path] : []
  })
}

const NUMERIC: ReadonlySet<string> = new Set(['number', 'int', 'bigint'])

function pathText(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String))
}

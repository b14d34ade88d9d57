import { keyedValue } from './keyed-value.js'
import type { OpenSource } from '../../source/open-source.js'
import type { SourceLocation } from '../../errors.js'
import { SourceError } from '../../errors.js'
import { DistinctCounter } from '../counting/distinct-counter.js'
import type { MemoryBudget } from '../counting/memory-budget.js'
import { valuesAt } from '../field/field-path.js'
import type { FoundReference } from '../relation/find-references.js'
import type { KeyCandidate } from '../relation/key-candidate.js'
import { extendedValue } from '../text/extended-json.js'
import { scanText } from '../text/scan-text.js'

/** A reference with its counts. */
export interface ReferenceProfile {
  /** The field, as in `fields`. */
  path: string
  /** The collection it leads to, and the field there. */
  to: { collection: string; field: string }
  /** Values that are neither null nor ''. */
  values: number
  /** How many of these are not there. */
  dangling: number
  /** Of the first few that dangle: where, and with `showValues` what. */
  examples: { at: string; value?: string }[]
}

const EXAMPLES = 3

/** What a second reading counts. */
export interface SecondLook {
  references: readonly FoundReference[]
  pairs: readonly [string, string][]
}

/**
 * Reads the records once more, for what only a whole first reading could ask: how many references dangle, and whether
 * pairs of fields are different in every record.
 */
export async function lookAgain(
  source: OpenSource,
  look: SecondLook,
  options: { budget: MemoryBudget; showValues: boolean; signal: AbortSignal | undefined },
): Promise<{ references: ReferenceProfile[]; pairs: KeyCandidate[] }> {
  const references = look.references.map((found) => new ReferenceTally(found, options.showValues))
  const pairs = look.pairs.map((fields) => ({
    fields,
    values: 0,
    counter: new DistinctCounter(options.budget),
  }))
  let records = 0
  try {
    for await (const chunk of source.chunks(options.signal)) {
      for (const record of chunk) {
        const { location } = record
        const value = keyedValue(record)
        records += 1
        for (const reference of references) reference.add(value, location)
        for (const pair of pairs) {
          const both = pair.fields.map((field) => textOf(valuesAt(value, [{ kind: 'key', key: field }])[0]))
          if (both.includes(undefined)) continue
          pair.values += 1
          pair.counter.add(scanText(JSON.stringify(both)).hash)
        }
      }
    }
  } catch (error) {
    // It was found by the first reading, and told.
    if (!(error instanceof SourceError)) throw error
  }
  return {
    references: references.map((reference) => reference.profile),
    pairs: pairs.map(({ fields, values, counter }) => {
      const { count, exact } = counter.distinct
      counter.release()
      const duplicates = values - count
      return {
        fields: [...fields],
        missing: records - values,
        duplicates,
        duplicatesIgnoringCase: null,
        exact,
      }
    }),
  }
}

class ReferenceTally {
  readonly profile: ReferenceProfile
  readonly #found: FoundReference
  readonly #showValues: boolean

  constructor(found: FoundReference, showValues: boolean) {
    const to = { collection: found.collection, field: found.field }
    this.profile = { path: found.path, to, values: 0, dangling: 0, examples: [] }
    this.#found = found
    this.#showValues = showValues
  }

  add(record: unknown, location: SourceLocation | undefined): void {
    for (const value of valuesAt(record, this.#found.steps)) {
      const text = textOf(value)
      if (text === undefined) continue
      this.profile.values += 1
      if (this.#found.hashes.has(scanText(text).hash)) continue
      this.profile.dangling += 1
      if (this.profile.examples.length >= EXAMPLES || location === undefined) continue
      const at = `${location.file}:${location.line} (byte ${location.byte})`
      this.profile.examples.push({ at, ...(this.#showValues && { value: text }) })
    }
  }
}

/** The text that identifies: `7` → `'7'`, `{ $oid: 'a' }` → `'a'`; undefined for null, '' and everything else. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return undefined
  const extended = extendedValue(value)
  return extended === undefined ? undefined : String(extended.inner)
}

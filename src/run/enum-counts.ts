import type { EnumNote } from '../record/map-record.js'
import type { EnumMatch, EnumVia } from '../record/match-enum.js'

/** One distinct legacy value of a column: where it leads, and how many records have it. */
export interface EnumCount {
  readonly match: EnumMatch
  count: number
}

/** The legacy values of one column in the order they came up. */
export interface EnumColumnCounts {
  readonly values: Map<string | null, EnumCount>
  /** Records whose values came up when there was no room for more, by how they were found. */
  readonly rest: Map<EnumVia, number>
}

/** The legacy values of every column made by an enum. */
export type EnumCounts = Map<string, EnumColumnCounts>

/** Distinct values that are told apart per column: a column with more of them is no enum. */
const distinctValues = 10_000

/** Longer values are told apart by their beginning. */
const longestValue = 200

/** Counts where the enum values of one record led, or of so many that are alike. */
export function countNotes(counts: EnumCounts, notes: readonly EnumNote[], records = 1): void {
  for (const { column, match } of notes) {
    const { values } = columnOf(counts, column)
    const legacy = shownLegacy(match.legacy)
    const known = values.get(legacy)
    if (known === undefined) values.set(legacy, { match: { ...match, legacy }, count: records })
    else known.count += records
  }
}

/** Adds what was counted in a chunk. The same values are told apart however the source is cut into chunks. */
export function addCounts(counts: EnumCounts, more: EnumCounts): void {
  for (const [column, { values }] of more) {
    const sum = columnOf(counts, column)
    for (const [legacy, { match, count }] of values) {
      const known = sum.values.get(legacy)
      if (known !== undefined) known.count += count
      else if (sum.values.size < distinctValues) sum.values.set(legacy, { match, count })
      else sum.rest.set(match.via, (sum.rest.get(match.via) ?? 0) + count)
    }
  }
}

function columnOf(counts: EnumCounts, column: string): EnumColumnCounts {
  const known = counts.get(column) ?? { values: new Map(), rest: new Map() }
  counts.set(column, known)
  return known
}

/** A legacy value as it is told apart. */
export function shownLegacy(legacy: string | null): string | null {
  return legacy !== null && legacy.length > longestValue ? `${legacy.slice(0, longestValue)}…` : legacy
}

import { shortHash } from '../record/short-hash.js'
import type { EnumColumnCounts, EnumCount } from './enum-counts.js'
import type { EnumVia } from '../record/match-enum.js'
import type { Outcomes, PipelineReport } from './run-report.js'
import type { Tally } from './tally.js'
import { noOutcomes } from './tally.js'

/** What a source was as a whole, and what it came to. */
export interface WholeSource {
  readonly files: PipelineReport['source']['files']
  readonly records: number
  /** How many entries the ledger had of it, children included. */
  readonly entries: number
  readonly outcomes: Outcomes
  readonly enums: readonly KeptEnum[]
}

type KeptEnum = readonly [
  column: string,
  values: readonly EnumCount[],
  rest: readonly (readonly [EnumVia, number])[],
]

/** Whether a run came to what the next one comes to as well, with the same source: nothing was refused, kept back or to be looked at. */
export function isSteady({ outcomes, warnings }: Tally): boolean {
  const { rejected, kept, removed } = outcomes
  const isQuiet = [...warnings.values()].every(({ code }) => code === 'key_unused')
  return rejected + kept + removed === 0 && isQuiet
}

/**
 * What the ledger keeps of a source and its tally.
 * @param isHidden columns of enums whose values it does not keep
 */
export function writeWhole(
  { files, entries }: Pick<WholeSource, 'files' | 'entries'>,
  { records, outcomes, enums }: Tally,
  isHidden: (column: string) => boolean,
): string {
  const { inserted, updated, unchanged, duplicate, skipped } = outcomes
  const whole: WholeSource = {
    files,
    records,
    entries,
    outcomes: { ...noOutcomes(), unchanged: inserted + updated + unchanged, duplicate, skipped },
    enums: [...enums].map(([column, { values, rest }]) => [
      column,
      [...values.values()].map(isHidden(column) ? withoutValues : (one) => one),
      [...rest],
    ]),
  }
  return JSON.stringify(whole)
}

/** What `writeWhole` has written. */
export function readWhole(text: string): WholeSource {
  return JSON.parse(text) as WholeSource
}

/** Whether the files are those of then: names, sizes, hashes, order. */
export function sameFiles({ files }: WholeSource, found: WholeSource['files']): boolean {
  return (
    found.length === files.length &&
    found.every(({ path, bytes, sha256 }, at) => {
      const then = files[at]
      return then?.path === path && then.bytes === bytes && then.sha256 === sha256
    })
  )
}

/** Counts a source that is what it was. */
export function countWhole(tally: Tally, { records, outcomes, enums }: WholeSource): void {
  tally.records = records
  tally.untouched = records
  Object.assign(tally.outcomes, outcomes)
  for (const [column, values, rest] of enums) tally.enums.set(column, columnCounts(values, rest))
}

function withoutValues({ match: { legacy, via }, count }: EnumCount): EnumCount {
  return { match: { legacy: legacy === null ? null : shortHash(legacy), via, value: null }, count }
}

function columnCounts(values: KeptEnum[1], rest: KeptEnum[2]): EnumColumnCounts {
  return { values: new Map(values.map((one) => [one.match.legacy, { ...one }])), rest: new Map(rest) }
}

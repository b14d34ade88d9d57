import type { EnumCounts } from './enum-counts.js'
import { describePlace, type RejectedLegacy } from './records.js'
import type { Outcomes, PlannedChange, RejectGroup, Warning, WarningCode } from './run-report.js'

/** What is counted while a pipeline runs. */
export interface Tally {
  records: number
  /** Those that were not mapped. */
  untouched: number
  /** By how many the records that own a row are more than before this run. */
  ownersGained: number
  readonly outcomes: Outcomes
  readonly rows: { inserted: number; updated: number; deleted: number }
  /** Rows that were re-read after they were written, and those that held what was written. */
  readonly reread: { rows: number; equal: number; rewritten: number }
  readonly warnings: Map<string, WarningTally>
  readonly rejects: Map<string, RejectTally>
  readonly changes: PlannedChange[]
  /** What plans and runs made their enums from. */
  readonly enums: EnumCounts
}

interface WarningTally {
  code: WarningCode
  column: string | undefined
  count: number
  values: Set<string>
}

interface RejectTally {
  code: RejectGroup['code']
  column: string | undefined
  count: number
  /** The first of them in the order of the source, whenever they came up. */
  first: RejectedLegacy[]
}

const examples = 3
const warningValues = 20

/** Nothing counted yet. */
export function newTally(): Tally {
  return {
    records: 0,
    untouched: 0,
    ownersGained: 0,
    outcomes: noOutcomes(),
    rows: { inserted: 0, updated: 0, deleted: 0 },
    reread: { rows: 0, equal: 0, rewritten: 0 },
    warnings: new Map(),
    rejects: new Map(),
    changes: [],
    enums: new Map(),
  }
}

/** Zero of everything. */
export function noOutcomes(): Outcomes {
  return { inserted: 0, updated: 0, unchanged: 0, kept: 0, duplicate: 0, skipped: 0, rejected: 0, removed: 0 }
}

/** Counts a reject, and keeps the first of each kind as examples: the same ones whatever the batches. */
export function countReject(tally: Tally, rejected: RejectedLegacy): void {
  const { code, column } = rejected.reject
  tally.outcomes.rejected += 1
  const id = `${code} ${column ?? ''}`
  const group = tally.rejects.get(id) ?? { code, column, count: 0, first: [] }
  group.count += 1
  group.first = [...group.first, rejected].toSorted((a, b) => a.ordinal - b.ordinal).slice(0, examples)
  tally.rejects.set(id, group)
}

/** Counts something to look at; `value` is one of the few texts that may be shown: the name of a key or of a child. */
export function countWarning(
  tally: Tally,
  code: WarningCode,
  column: string | undefined,
  value?: string,
  count = 1,
): void {
  const id = `${code} ${column ?? ''}`
  const warning = tally.warnings.get(id) ?? { code, column, count: 0, values: new Set<string>() }
  warning.count += count
  if (value !== undefined && warning.values.size < warningValues) warning.values.add(value)
  tally.warnings.set(id, warning)
}

/** The warnings as a report has them, with those that were counted elsewhere, in a stable order. */
export function listWarnings(tally: Tally, others: readonly Warning[]): Warning[] {
  const counted = [...tally.warnings.values()].map((warning) => ({
    code: warning.code,
    count: warning.count,
    ...(warning.column === undefined ? {} : { column: warning.column }),
    ...(warning.values.size === 0 ? {} : { values: [...warning.values].toSorted() }),
  }))
  return [...counted, ...others].toSorted(byCodeAndColumn)
}

/** The rejects as a report has them, in a stable order. */
export function listRejects(tally: Tally): RejectGroup[] {
  return [...tally.rejects.values()]
    .map(({ code, column, count, first }) => ({
      code,
      ...(column === undefined ? {} : { column }),
      count,
      examples: first.map((rejected) => ({
        key: rejected.legacyKey,
        at: describePlace(rejected),
        message: rejected.reject.message,
      })),
    }))
    .toSorted(byCodeAndColumn)
}

function byCodeAndColumn(a: { code: string; column?: string }, b: { code: string; column?: string }): number {
  const [left, right] = [`${a.code} ${a.column ?? ''}`, `${b.code} ${b.column ?? ''}`]
  return left < right ? -1 : left > right ? 1 : 0
}

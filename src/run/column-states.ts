import { markOf, type AppliedMark, type AppliedMarks } from '../record/applied-marks.js'
import type { Decision } from '../record/decide-change.js'
import { mergedMarks, type ColumnState } from '../record/merge-columns.js'
import type { Difference } from '../target/batch.js'
import { columnDefault } from '../target/column-default.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy } from './records.js'

/** The columns of a record that count, beside what its row holds; those that are still open are left out. */
export function columnStates(
  prepared: PreparedPipeline,
  record: EncodedLegacy,
  differences: readonly Difference[],
): ColumnState[] {
  const held = new Map(differences.map(({ column, current }) => [column, current]))
  return prepared.columns.flatMap(({ name, live }, index) => {
    if (!prepared.isCompared.has(name) || record.open?.has(index) === true) return []
    const text = held.get(name)
    return [
      {
        name,
        kind: live.type.kind,
        given: record.texts[index] ?? null,
        current: text === undefined ? undefined : { text },
        untouched: text === null || text === columnDefault(live),
      },
    ]
  })
}

/** What the ledger is to keep after a decision about a row that was there; null where the row is not the record's. */
export function marksAfter(
  states: readonly ColumnState[],
  applied: AppliedMarks,
  decision: Decision,
): AppliedMarks | null {
  switch (decision.kind) {
    case 'update':
      return new Map([...applied, ...mergedMarks(states, applied, new Set(decision.columns))])
    case 'leave':
      // A row that somebody deleted may be put back by somebody.
      if (decision.role === 'deleted') return applied.size === 0 ? null : applied
      if (decision.role !== 'owner' && decision.role !== 'stub') return null
      return new Map([...applied, ...mergedMarks(states, applied, new Set())])
    case 'insert':
    case 'alias':
    case 'reject':
      return null
  }
}

/** Marks of what carryover filled in by itself, whatever the record says. */
export function withHeld(
  { columns }: PreparedPipeline,
  marks: AppliedMarks,
  held: ReadonlyMap<string, string | null>,
): AppliedMarks {
  const kinds = new Map(columns.map(({ name, live }) => [name, live.type.kind]))
  const added = [...held].map(([name, text]): [string, AppliedMark] => [
    name,
    { source: undefined, held: markOf(kinds.get(name) ?? 'text', text) },
  ])
  return new Map([...marks, ...added])
}

import type { OwnedEntry } from '../target/batch.js'
import type { Settled } from './decide-batch.js'
import type { PipelineState } from './pipeline-state.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import { describePlace, type RejectedLegacy } from './records.js'
import type { Round } from './settle-round.js'

/** Takes down what a round has decided for each of its records, where a plan is to be compared with another. */
export function noteRound(state: PipelineState, round: Round, extra: readonly RejectedLegacy[]): void {
  const { decisions } = state.context
  if (decisions === undefined) return
  const { prepared } = state
  const root = prepared.pipeline.name
  for (const { legacyKey, completing } of round.unchanged)
    if (completing === undefined) decisions.note(root, legacyKey, [root, 'unchanged'], false)
  for (const item of round.settled) noteSettled(state, prepared, item)
  for (const item of round.children.settled) noteSettled(state, item.prepared, item)
  for (const rejected of [...extra, ...round.rejected]) {
    const { code, column } = rejected.reject
    decisions.note(root, rejected.legacyKey ?? describePlace(rejected), ['reject', code, column], true)
  }
  for (const { column, inserted, pipeline } of round.stubs)
    decisions.note(root, `(missing in ${pipeline})`, ['stub', column, inserted], true)
}

/** Takes down what becomes of rows that nothing in the source stands for any more. */
export function noteGone(
  { context, prepared }: PipelineState,
  what: 'delete' | 'keep' | 'mark' | 'remove',
  entries: readonly OwnedEntry[],
): void {
  for (const { legacyKey, rowKey } of entries)
    context.decisions?.note(prepared.pipeline.name, legacyKey, [what, context.nameOf(rowKey)], true)
}

function noteSettled(
  { context, prepared: { pipeline: root } }: PipelineState,
  prepared: PreparedPipeline,
  { record, decision, differences }: Settled,
): void {
  const { nameOf, decisions } = context
  const { name } = prepared.pipeline
  const note = (facts: readonly unknown[], isChange: boolean) =>
    decisions?.note(root.name, record.legacyKey, [name, ...facts], isChange)
  const planned = (index: number): string | null => {
    const text = record.texts[index] ?? null
    return text === null ? null : nameOf(text)
  }
  switch (decision.kind) {
    case 'insert': {
      // What is for new rows alone may be the time of day.
      const values = prepared.columns.flatMap(({ name: column, timing }, index) =>
        timing === 'always' ? [[column, planned(index)]] : [],
      )
      return note(['insert', values], true)
    }
    case 'update': {
      const current = new Map(differences.map((difference) => [difference.column, difference.current]))
      const values = decision.columns.map((column) => {
        const from = current.get(column) ?? null
        return [column, from === null ? null : nameOf(from), planned(prepared.names.indexOf(column))]
      })
      return note(['update', nameOf(decision.rowKey), values], true)
    }
    case 'leave': {
      const { outcome, role, rowKey, remember } = decision
      // The second pass of a record that has nothing more to do.
      if (record.completing !== undefined && outcome === 'unchanged') return
      if (outcome === 'unchanged' && !remember) return note(['unchanged'], false)
      return note([outcome, role, nameOf(rowKey)], true)
    }
    case 'alias':
      return note(['duplicate', nameOf(decision.rowKey)], true)
  }
}

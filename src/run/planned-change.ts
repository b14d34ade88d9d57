import type { Settled } from './decide-batch.js'
import { isHidden } from './is-hidden.js'
import type { PipelineState } from './pipeline-state.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import { describePlace } from './records.js'
import type { RunContext } from './run-context.js'
import type { PlannedChange } from './run-report.js'

/** Adds what a plan foresees for one record to the changes it shows; a second pass adds to those of the first. */
export function showChange(
  { tally, context }: PipelineState,
  prepared: PreparedPipeline,
  item: Settled,
): void {
  const { kind } = item.decision
  if (!context.dryRun || (kind !== 'insert' && kind !== 'update')) return
  const change = plannedChange(context, prepared, item)
  const first =
    item.record.completing === undefined
      ? undefined
      : tally.changes.find(({ key }) => key === item.record.legacyKey)
  if (first !== undefined) {
    const names = new Set(change.columns.map(({ column }) => column))
    first.columns = [...first.columns.filter(({ column }) => !names.has(column)), ...change.columns]
  } else if (tally.changes.length < context.shownChanges) tally.changes.push(change)
}

function plannedChange(context: RunContext, prepared: PreparedPipeline, item: Settled): PlannedChange {
  const { record, decision } = item
  const current = new Map(item.differences.map((difference) => [difference.column, difference.current]))
  const columns = prepared.columns.flatMap((column, index) => {
    // What carryover fills in by itself is no news.
    if (column.fixed !== undefined && column.timing !== 'return') return []
    const isChanged =
      current.has(column.name) && decision.kind === 'update' && decision.columns.includes(column.name)
    if (decision.kind === 'update' && !isChanged) return []
    const hidden = isHidden(prepared.pipeline, column, context.settings)
    const [from, text] = [current.get(column.name) ?? null, record.texts[index] ?? null]
    const to = text === null ? null : context.nameOf(text)
    return [
      hidden
        ? { column: column.name, from: null, to: null, hidden: true as const }
        : { column: column.name, from, to },
    ]
  })
  return {
    key: record.legacyKey,
    at: record.path === '' ? describePlace(record) : `${describePlace(record)} ${record.path}`,
    action: decision.kind === 'insert' ? 'insert' : 'update',
    columns,
  }
}

import type { Settled } from './decide-batch.js'
import type { PipelineState } from './pipeline-state.js'
import { describePlace } from './records.js'
import type { PlannedChange } from './run-report.js'

/** Adds what a plan foresees for one record to the changes it shows; a second pass adds to those of the first. */
export function showChange(state: PipelineState, item: Settled): void {
  const { tally, context } = state
  if (!context.dryRun || item.decision.kind === 'leave') return
  const change = plannedChange(state, item)
  const first =
    item.record.completing === undefined
      ? undefined
      : tally.changes.find(({ key }) => key === item.record.legacyKey)
  if (first !== undefined) {
    const names = new Set(change.columns.map(({ column }) => column))
    first.columns = [...first.columns.filter(({ column }) => !names.has(column)), ...change.columns]
  } else if (tally.changes.length < context.shownChanges) tally.changes.push(change)
}

function plannedChange(state: PipelineState, item: Settled): PlannedChange {
  const { prepared, context } = state
  const { record, decision } = item
  const current = new Map(item.differences.map((difference) => [difference.column, difference.current]))
  const columns = prepared.columns.flatMap((column, index) => {
    if (decision.kind === 'update' && !current.has(column.name)) return []
    const names = [`${prepared.pipeline.name}.${column.property}`, `${prepared.pipeline.name}.${column.name}`]
    const hidden = !context.settings.showValues && names.some((name) => context.settings.sensitive.has(name))
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
    at: describePlace(record),
    action: decision.kind === 'insert' ? 'insert' : 'update',
    columns,
  }
}

import type { PipelineState } from './pipeline-state.js'
import type { Settled } from './decide-batch.js'
import { isHidden } from './is-hidden.js'
import { describePlace, type RejectedLegacy } from './records.js'
import { rejectEntry } from './reject-entry.js'
import type { PlannedChange } from './run-report.js'
import type { Round } from './settle-round.js'
import { countReject, countWarning } from './tally.js'

/** Counts what a committed transaction did. */
export function countRound(state: PipelineState, round: Round, extra: readonly RejectedLegacy[]): void {
  const { tally, prepared } = state
  tally.outcomes.unchanged += round.unchanged.length
  for (const item of round.settled) countSettled(state, item)
  for (const rejected of [...extra, ...round.rejected]) {
    countReject(tally, rejected)
    state.rejectIds.add(rejectEntry(prepared.pipeline.name, rejected).id)
  }
  for (const column of round.emptied) countWarning(tally, 'missing_reference', column)
  tally.reread.rows += round.written
  tally.reread.equal += round.written - round.notHolding
}

function countSettled(state: PipelineState, item: Settled): void {
  const { tally, context } = state
  const { decision } = item
  switch (decision.kind) {
    case 'insert':
      tally.outcomes.inserted += 1
      tally.rows.inserted += 1
      break
    case 'update':
      tally.outcomes.updated += 1
      tally.rows.updated += 1
      break
    case 'leave':
      tally.outcomes[decision.outcome] += 1
      if (decision.role === 'deleted') countWarning(tally, 'row_deleted', undefined)
      return
  }
  if (context.dryRun && tally.changes.length < context.shownChanges)
    tally.changes.push(plannedChange(state, item))
}

function plannedChange(state: PipelineState, item: Settled): PlannedChange {
  const { prepared, context } = state
  const { record, decision } = item
  const current = new Map(item.differences.map((difference) => [difference.column, difference.current]))
  const columns = prepared.columns.flatMap((column, index) => {
    if (decision.kind === 'update' && !current.has(column.name)) return []
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
    at: describePlace(record),
    action: decision.kind === 'insert' ? 'insert' : 'update',
    columns,
  }
}

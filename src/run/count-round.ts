import type { PipelineState } from './pipeline-state.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { RunContext } from './run-context.js'
import { countDeleted } from './count-deleted.js'
import type { Settled } from './decide-batch.js'
import { isHidden } from './is-hidden.js'
import { describePlace, type RejectedLegacy } from './records.js'
import { rejectEntry } from './reject-entry.js'
import type { Outcomes, PlannedChange } from './run-report.js'
import type { Round } from './settle-round.js'
import { countReject, countWarning } from './tally.js'

/** Counts what a committed transaction did. */
export function countRound(state: PipelineState, round: Round, extra: readonly RejectedLegacy[]): void {
  const { tally, prepared } = state
  tally.outcomes.unchanged += round.unchanged.length
  tally.newEntries += round.newEntries
  for (const record of round.unchanged) noteOutcome(state, record.legacyKey, 'unchanged')
  for (const item of round.settled) countSettled(state, item, round.children.changed)
  for (const item of round.children.settled) countChild(state, item)
  countDeleted(state, round.children.deleted)
  for (const name of round.children.keptBehind) countWarning(tally, 'child_kept', undefined, name)
  for (const rejected of [...extra, ...round.rejected]) {
    countReject(tally, rejected)
    // A second record of a key says nothing of the first.
    if (rejected.legacyKey !== null && rejected.reject.code !== 'duplicate_key')
      noteOutcome(state, rejected.legacyKey, 'rejected')
    state.rejectIds.add(rejectEntry(prepared.pipeline.name, rejected).id)
  }
  for (const column of round.emptied) countWarning(tally, 'missing_reference', column)
  tally.reread.rows += round.written
  tally.reread.equal += round.written - round.notHolding
}

/** A child's row counts among the rows; its outcome is its record's. */
function countChild(state: PipelineState, item: Round['children']['settled'][number]): void {
  const { kind } = item.decision
  if (kind !== 'insert' && kind !== 'update') return
  state.tally.rows[kind === 'insert' ? 'inserted' : 'updated'] += 1
  keepChange(state, item.prepared, item)
}

/** @param changed ordinals of the records whose children changed */
function countSettled(state: PipelineState, item: Settled, changed: ReadonlySet<number>): void {
  const { tally } = state
  const { decision } = item
  const counted = outcomeOf(state, decision)
  const outcome = counted === 'unchanged' && changed.has(item.record.ordinal) ? 'updated' : counted
  tally.outcomes[outcome] += 1
  noteOutcome(state, item.record.legacyKey, outcome)
  if (decision.kind === 'leave' && decision.role === 'deleted') countWarning(tally, 'row_deleted', undefined)
  if (decision.kind !== 'insert' && decision.kind !== 'update') return
  tally.rows[decision.kind === 'insert' ? 'inserted' : 'updated'] += 1
  keepChange(state, state.prepared, item)
}

function outcomeOf(state: PipelineState, decision: Settled['decision']): keyof Outcomes {
  switch (decision.kind) {
    case 'insert':
      return 'inserted'
    case 'alias':
      return 'duplicate'
    case 'update':
      return inheritedOutcome(state, decision.formerOwner) ?? 'updated'
    case 'leave':
      return inheritedOutcome(state, decision.formerOwner) ?? decision.outcome
  }
}

/** A record of this source that was counted for the row before is a duplicate now: what it did to the row passes on. */
function inheritedOutcome(
  { tally, counted }: PipelineState,
  formerOwner: string | null,
): keyof Outcomes | undefined {
  const former = formerOwner === null ? undefined : counted.get(formerOwner)
  if (formerOwner === null || former === undefined || former === 'rejected') return undefined
  tally.outcomes[former] -= 1
  tally.outcomes.duplicate += 1
  counted.set(formerOwner, 'duplicate')
  return former === 'inserted' || former === 'updated' ? former : undefined
}

function noteOutcome({ prepared, counted }: PipelineState, legacyKey: string, outcome: keyof Outcomes): void {
  if (prepared.pipeline.policies.duplicates === 'last') counted.set(legacyKey, outcome)
}

function keepChange({ tally, context }: PipelineState, prepared: PreparedPipeline, item: Settled): void {
  if (context.dryRun && tally.changes.length < context.shownChanges)
    tally.changes.push(plannedChange(context, prepared, item))
}

function plannedChange(context: RunContext, prepared: PreparedPipeline, item: Settled): PlannedChange {
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
    at: record.path === '' ? describePlace(record) : `${describePlace(record)} ${record.path}`,
    action: decision.kind === 'insert' ? 'insert' : 'update',
    columns,
  }
}

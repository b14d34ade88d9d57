import { countDeleted } from './count-deleted.js'
import type { PipelineState } from './pipeline-state.js'
import type { Settled } from './decide-batch.js'
import { noteRound } from './note-decisions.js'
import { showChange } from './planned-change.js'
import type { FirstPass, RejectedLegacy } from './records.js'
import type { Outcomes } from './run-report.js'
import type { Round } from './settle-round.js'
import { countReject, countWarning } from './tally.js'

/** Counts what a committed transaction did. */
export function countRound(state: PipelineState, round: Round, extra: readonly RejectedLegacy[]): void {
  const { tally } = state
  noteRound(state, round, extra)
  tally.ownersGained += round.ownersGained
  state.shortCuts.marks?.saved(round.enumNotes)
  for (const record of round.unchanged) {
    if (record.completing !== undefined) continue
    tally.outcomes.unchanged += 1
    noteOutcome(state, record.legacyKey, 'unchanged')
  }
  for (const item of round.settled) {
    const hasChanged = round.children.changed.has(item.record.ordinal)
    const hasKept = round.children.kept.has(item.record.ordinal)
    countSides(state, item)
    if (item.record.completing === undefined) countSettled(state, item, hasChanged, hasKept)
    else countCompleted(state, item, item.record.completing, hasChanged)
  }
  for (const item of round.children.settled) countChild(state, item)
  countDeleted(state, round.children.deleted)
  for (const name of round.children.keptBehind) countWarning(tally, 'child_kept', undefined, name)
  for (const rejected of [...extra, ...round.rejected]) {
    // A duplicate that was rejected before its second pass is counted.
    if (rejected.completing?.outcome !== 'rejected') {
      if (rejected.completing !== undefined) tally.outcomes[rejected.completing.outcome] -= 1
      countReject(tally, rejected)
    }
    // A second record of a key says nothing of the first.
    if (rejected.legacyKey !== null && rejected.reject.code !== 'duplicate_key')
      noteOutcome(state, rejected.legacyKey, 'rejected')
  }
  for (const [id, ordinal] of round.rejectIds) state.rejectIds.set(id, ordinal)
  for (const column of round.emptied) countWarning(tally, 'missing_reference', column)
  for (const { column, inserted, pipeline } of round.stubs) {
    countWarning(tally, 'stub', column)
    if (inserted) tally.rows.inserted += 1
    state.stubbed.add(pipeline)
  }
  tally.reread.rows += round.written
  tally.reread.equal += round.written - round.notHolding
}

/** A child's row counts among the rows; its outcome is its record's. */
function countChild(state: PipelineState, item: Round['children']['settled'][number]): void {
  countSides(state, item, `${item.prepared.pipeline.name.split('/').slice(1).join('.')}.`)
  const { kind } = item.decision
  if (kind !== 'insert' && kind !== 'update') return
  state.tally.rows[kind === 'insert' ? 'inserted' : 'updated'] += 1
  showChange(state, item.prepared, item)
}

/** Which columns stayed as somebody had put them, and which of those were overwritten. */
function countSides({ tally }: PipelineState, { decision }: Settled, prefix = ''): void {
  if (decision.kind !== 'update' && decision.kind !== 'leave') return
  for (const column of decision.kept) countWarning(tally, 'kept', `${prefix}${column}`)
  if (decision.kind === 'leave') return
  for (const column of decision.overwritten) countWarning(tally, 'overwritten', `${prefix}${column}`)
}

/**
 * @param hasChanged some of its children changed
 * @param hasKept some of its children stayed as somebody had put them
 */
function countSettled(state: PipelineState, item: Settled, hasChanged: boolean, hasKept: boolean): void {
  const { tally } = state
  const { decision } = item
  const counted = outcomeOf(state, decision)
  const isQuiet = counted === 'unchanged' || counted === 'kept'
  const quiet = counted === 'unchanged' && hasKept ? 'kept' : counted
  const outcome = isQuiet && hasChanged ? 'updated' : quiet
  tally.outcomes[outcome] += 1
  noteOutcome(state, item.record.legacyKey, outcome)
  if (decision.kind === 'leave' && decision.role === 'deleted') countWarning(tally, 'row_deleted', undefined)
  if (decision.kind !== 'insert' && decision.kind !== 'update') return
  tally.rows[decision.kind === 'insert' ? 'inserted' : 'updated'] += 1
  showChange(state, state.prepared, item)
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

/** A record has one outcome: what its second pass finds replaces the `unchanged` or `rejected` of the first. */
function countCompleted(
  state: PipelineState,
  item: Settled,
  { outcome }: FirstPass,
  hasChanged: boolean,
): void {
  const { tally } = state
  const { decision } = item
  const found =
    decision.kind === 'leave' ? decision.outcome : decision.kind === 'alias' ? 'duplicate' : 'updated'
  const second = (found === 'unchanged' || found === 'kept') && hasChanged ? 'updated' : found
  if (outcome === 'unchanged' || outcome === 'rejected') {
    tally.outcomes[outcome] -= 1
    tally.outcomes[second] += 1
  }
  if (decision.kind === 'leave' || decision.kind === 'alias') return
  tally.rows.updated += 1
  showChange(state, state.prepared, item)
}

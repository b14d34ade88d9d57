import type { PipelineState } from './pipeline-state.js'
import type { Settled } from './decide-batch.js'
import { showChange } from './planned-change.js'
import type { FirstPass, RejectedLegacy } from './records.js'
import { rejectEntry } from './reject-entry.js'
import type { Round } from './settle-round.js'
import { countNotes, countReject, countWarning } from './tally.js'

/** Counts what a committed transaction did. */
export function countRound(state: PipelineState, round: Round, extra: readonly RejectedLegacy[]): void {
  const { tally, prepared } = state
  for (const record of round.unchanged) {
    if (record.completing !== undefined) continue
    tally.outcomes.unchanged += 1
    countNotes(tally, record.notes)
  }
  for (const item of round.settled) {
    if (item.record.completing === undefined) countSettled(state, item)
    else countCompleted(state, item, item.record.completing)
  }
  for (const rejected of [...extra, ...round.rejected]) {
    if (rejected.completing !== undefined) tally.outcomes[rejected.completing.outcome] -= 1
    countReject(tally, rejected)
    state.rejectIds.add(rejectEntry(prepared.pipeline.name, rejected).id)
  }
  for (const column of round.emptied) countWarning(tally, 'missing_reference', column)
  for (const { column, inserted, pipeline } of round.stubs) {
    countWarning(tally, 'stub', column)
    if (inserted) tally.rows.inserted += 1
    state.stubbed.add(pipeline)
  }
  tally.reread.rows += round.written
  tally.reread.equal += round.written - round.notHolding
}

function countSettled(state: PipelineState, item: Settled): void {
  const { tally } = state
  const { decision } = item
  countNotes(tally, item.record.notes)
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
  showChange(state, item)
}

/** A record has one outcome: what its second pass finds replaces the `unchanged` of the first. */
function countCompleted(state: PipelineState, item: Settled, { outcome }: FirstPass): void {
  const { tally } = state
  const { decision } = item
  const second = decision.kind === 'leave' ? decision.outcome : 'updated'
  if (outcome === 'unchanged') {
    tally.outcomes.unchanged -= 1
    tally.outcomes[second] += 1
  }
  if (decision.kind === 'leave') return
  tally.rows.updated += 1
  showChange(state, item)
}

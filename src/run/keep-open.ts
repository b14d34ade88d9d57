import type { Settled } from './decide-batch.js'
import type { PipelineState } from './pipeline-state.js'
import type { FirstPass, MappedLegacy } from './records.js'
import type { Round } from './settle-round.js'

/** Keeps the records of a committed round that went with columns which are open, or may lead to another row yet. */
export function keepOpen(state: PipelineState, round: Round): void {
  for (const record of round.unchanged) keep(state, record, { outcome: 'unchanged', adopted: false })
  for (const { record, decision, adopted } of round.settled) {
    keep(state, record, { outcome: outcomeOf(decision), adopted })
  }
  // What the ledger remembers of a duplicate is of the record with all its references.
  for (const record of round.refused) keep(state, record, { outcome: 'rejected', adopted: false })
}

function keep(state: PipelineState, record: MappedLegacy, completing: FirstPass): void {
  const isDone = record.open === undefined && !record.unsure
  if (isDone || record.completing !== undefined) return
  state.open.push({ ...record, circle: undefined, completing })
}

function outcomeOf(decision: Settled['decision']): FirstPass['outcome'] {
  switch (decision.kind) {
    case 'insert':
      return 'inserted'
    case 'update':
      return 'updated'
    case 'alias':
      return 'duplicate'
    case 'leave':
      return decision.outcome
  }
}

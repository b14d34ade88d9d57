import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { noMarks } from '../record/applied-marks.js'
import type { Match } from '../record/match-record.js'
import type { Batch } from '../target/batch.js'
import { fixedKeys } from '../target/fixed-keys.js'
import { applyBatch } from './apply-batch.js'
import { columnStates, marksAfter } from './column-states.js'
import type { Settled } from './decide-batch.js'
import { encodeBatch, openRecords } from './encode-batch.js'
import { mapStubs } from './map-stubs.js'
import { matchBatch } from './match-batch.js'
import type { PipelineState } from './pipeline-state.js'
import type { EncodedLegacy, RejectedLegacy } from './records.js'
import { resolveReferences } from './resolve-references.js'
import { stagedOf } from './staged-of.js'
import { noStubs } from './stub-answers.js'
import { withoutForeseen } from './without-foreseen.js'

/** What became of the stubs that a batch asks one pipeline for, by legacy key. */
export interface SettledStubs {
  readonly rowKeys: ReadonlyMap<string, string>
  /** Those whose row was inserted; the others took a row that was there. */
  readonly inserted: ReadonlySet<string>
  /** Why a stub could not be made. */
  readonly refused: ReadonlyMap<string, string>
}

/** Takes stubs the way of every record of their pipeline, in the transaction of the records that ask for them. */
export async function settleStubs(
  state: PipelineState,
  batch: Batch,
  name: string,
  keys: readonly string[],
): Promise<SettledStubs> {
  const prepared = await state.context.preparedOf(name)
  const { mapped, refused: unmapped } = mapStubs(state.context.pipelines.get(name) as CompiledPipeline, keys)
  const refused = new Map(unmapped)
  const rowKeys = new Map<string, string>()
  const inserted = new Set<string>()
  const refuse = (rejected: readonly RejectedLegacy[]) => {
    for (const { ordinal, reject } of rejected) refused.set(keys[ordinal] as string, reject.message)
  }
  const own: PipelineState = { ...state, prepared, resolved: new Map() }
  // What a stub refers to in a circle stays empty.
  const asked = mapped.map((record) => ({
    ...record,
    // The rows of its children come with the record itself.
    children: [],
    completing: { outcome: 'inserted' as const, adopted: false },
  }))
  const resolution = await resolveReferences(own, batch, asked, {
    final: true,
    mayMove: () => false,
    askStubs: noStubs,
  })
  const { encoded, rejected } = encodeBatch(prepared, resolution.ready)
  refuse([...resolution.rejected, ...rejected])
  let waiting: readonly EncodedLegacy[] = encoded
  while (waiting.length > 0) {
    const recall = await batch.recall(name, prepared.table, waiting)
    const { open, rejected: uncastable } = await openRecords(batch, prepared, waiting, recall)
    const probe = await batch.probe(name, prepared.keys, stagedOf(prepared, open, prepared.names))
    const matches = matchBatch(open, {
      recall,
      probe,
      ownerState: () => 'settled',
      deleted: prepared.pipeline.policies.deleted,
      isComing: new Set(),
      fixedKeys: fixedKeys(prepared.table),
      succeeds: () => 'no',
      lastCounts: false,
      phase: 'final',
    })
    const decided: Settled[] = []
    const again: EncodedLegacy[] = []
    open.forEach((record, index) => {
      const decision = decideStub(matches[index] as Match)
      if (decision === undefined) again.push(record)
      else if (typeof decision === 'string') refused.set(record.legacyKey, decision)
      else {
        const states = columnStates(prepared, record, [])
        // Nothing is applied to a row that is only taken.
        const marks = decision.kind === 'insert' ? marksAfter(states, noMarks, decision) : null
        decided.push({ record, decision, differences: [], adopted: false, marks })
      }
    })
    const { passed, rejected: foreseen } = await withoutForeseen(prepared, batch, decided)
    const applied = await applyBatch(prepared, batch, state.context.runId, passed, recall, true)
    refuse([...uncastable, ...foreseen, ...applied.rejected])
    for (const { record, decision } of applied.settled) {
      const rowKey = decision.kind === 'insert' ? applied.rowKeys.get(record.ordinal) : decision.rowKey
      rowKeys.set(record.legacyKey, rowKey as string)
      if (decision.kind === 'insert') inserted.add(record.legacyKey)
    }
    // Two stubs with one unique value: the second takes the row of the first.
    waiting = again.length < waiting.length ? again : []
  }
  return { rowKeys, inserted, refused }
}

/** What a stub becomes, or why it cannot be; undefined: it is asked again. A row that is there is taken as it is. */
function decideStub(match: Match): Settled['decision'] | string | undefined {
  const taken = { kind: 'leave', outcome: 'unchanged', kept: [], remember: true, formerOwner: null } as const
  switch (match.kind) {
    case 'new':
      return { kind: 'insert', role: 'stub' }
    case 'row':
      return { ...taken, rowKey: match.rowKey, role: 'stub' }
    case 'duplicate':
      return { ...taken, rowKey: match.rowKey, role: 'alias' }
    case 'gone':
      return 'somebody deleted its row'
    case 'ambiguous':
      return 'its unique keys point at different rows'
    case 'conflict':
      return 'another row holds one of its unique values'
    case 'wait':
      return undefined
  }
}

import type { Phase } from '../record/match-record.js'
import type { Batch, Recall } from '../target/batch.js'
import type { PipelineState } from './pipeline-state.js'
import { familyOf } from './prepared-pipeline.js'
import type { EncodedLegacy } from './records.js'

const nobody: Recall = { settled: new Set(), renewed: new Set(), known: new Map() }

/** What the ledger knows of these records; while a first import is read that is nobody, and it is not asked. */
export async function recallBatch(
  state: PipelineState,
  batch: Batch,
  records: readonly EncodedLegacy[],
  phase: Phase,
): Promise<Recall> {
  const { pipeline, table } = state.prepared
  if (state.isFirst && phase === 'reading' && !makesOwnStubs(state)) return nobody
  // Under other definitions what the source had is to be judged anew; as long as they are the same, it stays as it was judged.
  const { shortCuts } = state
  const renews = shortCuts.marks !== undefined && (!shortCuts.isJudged || state.context.settings.full)
  return batch.recall(pipeline.name, table, records, renews)
}

/** The ledger may have been given a stub for a record that comes later. */
function makesOwnStubs({ prepared }: PipelineState): boolean {
  return familyOf(prepared).some(({ parents }) =>
    [...parents.values()].some(({ own, missing }) => own && missing === 'stub'),
  )
}

import type { RejectRow } from '../target/ledger.js'
import type { PipelineState } from './pipeline-state.js'
import type { WarningCode } from './run-report.js'
import { countWarning } from './tally.js'

/** Tells of the open rejects that a replay leaves alone, by key or place. */
export async function countLeft({ context, prepared, tally }: PipelineState): Promise<void> {
  const choice = await context.replay?.choiceOf(prepared.pipeline.name)
  const count = (code: WarningCode, rows: readonly RejectRow[]) => {
    for (const { legacyKey, at } of rows) countWarning(tally, code, undefined, legacyKey ?? at)
  }
  count('replay_not_kept', choice?.notKept ?? [])
  count('replay_key_taken', choice?.keyTaken ?? [])
}

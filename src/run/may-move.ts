import type { PipelineState } from './pipeline-state.js'
import type { MappedLegacy } from './records.js'
import type { Round } from './settle-round.js'

/**
 * Whether a legacy key of the own pipeline that shares the row of another one may still get another row in this run: its record is
 * not settled, or may come yet.
 * @param asked the records of the batch in hand
 */
export function mayMove(
  { aliases, deferred, sourceRead }: PipelineState,
  asked: readonly MappedLegacy[],
): (legacyKey: string) => boolean {
  let inHand: ReadonlySet<string> | undefined
  return (legacyKey) => {
    if (aliases.has(legacyKey)) return false
    if (!sourceRead || deferred.has(legacyKey)) return true
    inHand ??= new Set(asked.map((record) => record.legacyKey))
    return inHand.has(legacyKey)
  }
}

/** Notes which records of a committed round share the row of another one. */
export function noteAliases({ aliases }: PipelineState, round: Round): void {
  for (const { record, decision } of round.settled)
    if (decision.kind === 'alias') aliases.add(record.legacyKey)
  for (const { legacyKey } of round.refused) aliases.add(legacyKey)
}
